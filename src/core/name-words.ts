/**
 * Words by which `redact.ts` knows a name. First names as they are given in the United Kingdom, of every community we
 * could think of, and common family names; a word that is also an everyday word is `doubtful` and taken for a name
 * only where something about it says so. A name that is in none of the lists is found by its capital or by what stands
 * before it, or not at all.
 */

const wordsOf = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/).filter(Boolean));

export const givenNames = wordsOf(`
  abena adaeze ahmet ailsa akosua alexandru alicja amadi amandeep amira aneta aoife arif arkadiusz artur arwel ashfaq
  asiya ayse balbir baljit bogdana brayden bukola bushra calvin caoimhe catalin chantal chantelle chidinma ciprian
  cormac cosmin costel daljit darnell deirdre delroy dermot deshawn dmitri donal dragos dwayne edyta eilidh ejaz
  ellise elzbieta emre emyr farai faraz florin folasade gheorghe grainne gruffydd gurdeep hafsa hakan halina harjit
  harley harminder haroun hatice hien humaira huong ibrahima inderjit iqra irina iulian ivanka iwan jacek jamshed
  jaroslaw jasbir jerzy joana joao jodi jonno kacey kamil kamila kashif katya kayden kayla kaylee keiran kemal kerri
  khurram kian kulwinder kwabena kwaku lacey lakhbir larisa leroy leszek liviu llinos lorcan lubna ludmila luisa
  macey majid mamadou mared mariusz marlon mateo mhairi mihai miroslaw mudassar murat nargis nasir natalya navdeep
  nicoleta nnamdi noman ogechi oisin oksana olamide oleg olga olufemi orla ozlem pablo padraig parminder patryk paulo
  phuong piotrek przemyslaw qasim quang rabia rajinder razvan rhydian rizwan roisin ronan roxana ruaridh rukhsana
  sajid samia satnam segun sergei serkan shanelle shaniqua shauna shoaib shona simisola simona sinead sobia sorin
  steffan sumayya surjit sylwia tafadzwa tahira tamsin tanveer tatiana teagan tegwen tejinder temi tendai thandiwe
  thanh thiago thuy tiegan tuan tyrell tyrese urszula valentin vlad vladimir waldemar waqas xiaoming yasemin yasir
  yulia yuri zawadi zbigniew zuzia
  abdi adebayo adeola adwoa aneurin angharad anjali anwen babajide beata blessing bronwen
  catrin chiamaka chioma daniyal dilys divya ebele efosa eirlys eleri emeka emrys farida filip folake funmi geraint
  gethin ghulam gwenllian habiba haleema hywel iestyn ifan ifeoma ikram iolo iwona jagdeep jaswinder jolanta kaveh kayode
  kelechi khalil kofi kwasi laszlo lowri lukman mairead manpreet meera mehwish meirion mihaela mohamud myfanwy naeem
  nerys ngozi nia nkechi obinna oluwaseun osian paulina pooja radoslaw rashida rhodri ritu riya ruksana sadiq sakshi saoirse
  shabbir shanice simran sioned siwan slawomir sukhdeep sukhwinder sumaira suleiman temitope tomos tunde tushar uche umair
  vasile waleed xiu yaw yetunde yewande zahid zahida zeynep zubaida
  aaliyah aaron abbie abby abdul abdullah abigail abu ada adam adele adnan adrian agnes agnieszka ahmad ahmed aidan aisha
  akeem alan alana albert alec aleksander alessandro alex alexander alexandra alexis alfie alfred ali alice alicia alina
  alisha alison alistair amal amanda amara amber amelia amelie amina aminah amir amit amy ana anastasia andre andrea
  andreea andrei andrew andy aneesa angela angie angus anil anita ann anna annabel anne annette annie anthony antonia
  antonio anya archie ariana arjun arthur asha ashley ashraf asif asma astrid aston atif audrey ava ayesha aziz babar barbara
  barry bartosz beatrice becky belinda ben benjamin bernadette bernard beth bethan bethany beverley bianca bilal billy
  bogdan brandon brenda brendan brian bridget bronwen bruce bryan bryony caitlin callum calum cameron camilla carl carla
  carmen carol caroline carrie catherine catriona cecilia ceri charlene charles charlie charlotte chelsea cheryl chidi
  chinedu chloe chris christina christine christopher ciara cindy claire clara clare claudia clive colin connie connor
  conor courtney craig cristina curtis cynthia dafydd daisy damian damien dan dana daniel daniela danielle danny dariusz
  darren dave david dawid dean debbie deborah declan deepak denise dennis derek desmond dewi diana diane dimitri dominic
  donald donna doreen doris dorothy douglas duncan dylan eamonn ebony eddie edith edward edwin eileen elaine eleanor elena
  elif elijah elin elise eliza elizabeth ella ellen ellie elliot elsie emily emma emmanuel eoin eric erica erin
  esme esther ethan eugene eva evan evelyn ewa ewan fahad faisal farah farhan fatima fatma felix femi fiona
  florence fran frances francesca francis fraser fred freddie freya gareth gary gavin gemma geoff geoffrey george georgia
  georgina gerald geraldine gerard gillian gina giovanni giulia gladys glen glenn gloria gordon graham grzegorz gurpreet
  gwen gwyn habib hadiya hamid hamza hannah haroon harold harpreet harriet harris harrison harry harvey hasan hassan
  hayley hazel heidi helen helena henry hilary holly howard hugh hugo humphrey hussain hussein ian ibrahim idris imogen
  imran ines ingrid ioana iona irena irene irfan isaac isabel isabella isabelle isla ismail ivan ivana jackie jackson jacob
  jacqueline jade jake jakub jamal james jamie jan jane janet janice jared jasmin jasmine jason jaspreet javed javier
  jayden jean jeff jeffrey jennifer jenny jeremy jermaine jerome jess jessica jill jim jimmy joan joann joanna joanne
  jodie joe joel johanna john johnny jon jonathan jordan jorge jose joseph josephine josh joshua joyce juan judith judy
  julia julian julie juliet justin justyna kaitlin kamal kamran karen karim karl karolina kasia kat kate katarzyna katherine
  kathleen kathryn kathy katie katrina katy kayleigh keeley keith kelly kelvin kenneth kenny kerry kevin khadija khalid
  kieran kiran kirsten kirsty krishna kristina krystyna krzysztof kumar kunal kwame kyle lara larry latifa laura lauren laurence
  layla leah leanne lee leila lena leo leon leonard lesley leslie lewis liam lily linda lindsay lisa liz lloyd logan
  lorna lorraine louis louisa louise lucas lucia lucy luis luka lukasz luke lydia lynn lynne maciej madeleine madison
  magda magdalena maggie mahmood mahmoud maisie malcolm malgorzata malik mandy manjit marcin marcus marek margaret maria
  mariam marian marie marilyn marina mario marion marjorie marta martha martin martina martyn marvin mary maryam mateusz
  matilda matt matthew maureen maurice maya megan mehmet melanie melissa mercedes mia michael michaela michal michelle
  miguel mike mikey millie miriam mohamed mohammad mohammed moira molly mona monica monika morgan muhammad muriel mustafa
  myra nabila nadeem nadia nadine nana nancy naomi nasreen natalia natalie natasha nathan nathaniel naveed neha neil nellie
  niamh nicholas nick nicky nicola nicole nigel nikita nikki nina noah noel noor nora norma norman oliver olivia
  olu omar oscar osman owain owen paige pamela parveen patricia patrick paul paula pauline pavel pawel pedro peggy perry
  pete peter petra phil philip philippa phillip phoebe piotr pippa polly prakash preeti priti priya rachael rachel rafael
  rahul raj rajesh ralph ramesh rana rashid raymond razia rebecca reece rehan rekha renee rhian rhiannon rhys ricardo
  richard rita roberta robert roberto rodney roger rohan roman ronald ronnie rosa rosalind rosemary rosie ross roxanne roy
  rupert russell rutendo ruth ryan sabrina sadia saima saira sakina salim sally salma sam samantha samina samir samira
  samuel sandeep sandra sanjay santiago sara sarah sasha saskia scott sean seamus sebastian selina shabana shabnam shah
  shahid shaun shane shannon sharon shazia sheila shelley sherry shirley shreya siân sian sidney simon simone siobhan sofia
  sonia sophia sophie spencer stacey stan stanislaw stanley stefan stella stephanie stephen steve steven stewart stuart
  sunil sunita susan susanna susie suzanne svetlana sylvia tahir tamara tammy tania tanya tara tariq tasha teresa
  terence terri terry theo theresa thomas tim timothy tina tobias toby todd tom tomas tomasz tommy tony tracey tracy trevor
  tristan tyler tyrone usman uzma valerie vanessa vera veronica vicky victoria vijay vikram vincent violeta viv vivian
  vivienne wahid walter wanda warren wayne wendy wesley wiktoria william winston wojciech xavier yasin yasmin yolanda
  yousaf yusuf yvette yvonne zachary zahra zainab zara zeeshan zelda zoe zofia zoya zubair zuzanna`);

export const familyNames = wordsOf(`
  smith jones williams davies evans thomas roberts johnson walker wright robinson thompson hughes edwards clarke clark
  jackson harrison harris patel patterson morris bennett simpson anderson mitchell rogers collins richardson watson
  murray stewart macdonald mcdonald campbell robertson thomson kelly murphy ryan obrien oconnor oneill osullivan byrne
  doyle walsh gallagher kennedy lynch hussain khan begum ahmed ali singh kaur sharma gupta shah mehta chaudhry chowdhury
  islam rahman miah uddin iqbal malik mirza akhtar bibi mahmood nowak kowalski kowalska kowalczyk wisniewski wojcik lewandowski
  okafor okonkwo adeyemi adebayo ogunleye mensah owusu nguyen chen wang zhang popescu ionescu gonzalez garcia rodriguez
  fernandez silva santos ferreira costa rossi muller schmidt griffiths llewellyn pritchard bevan hopkins phillips watkins
  howells pugh prosser mackenzie mackay sinclair fraser cameron ferguson henderson hamilton graham johnston gibson
  wilkinson atkinson hutchinson dickinson parkinson jenkins perkins watts whitehead armstrong bradley bailey barker barnes
  bentley blackburn bradshaw brookes bryant burgess burton chambers chapman connolly coleman cunningham dawson dixon
  donnelly doherty elliott ellis fitzgerald fletcher foster gardner gilbert goodwin gregory griffin hanson hartley harvey
  haynes holmes houghton hudson humphries jennings kirk lawson macleod marshall mccarthy mclean mills moore morgan morrison
  nicholson norton oldham osborne parsons payne pearson peters powell preston quinn reid reynolds riley rowe sanders
  saunders shepherd simmons slater spencer stephens stephenson sullivan sutton sykes talbot townsend tucker turnbull wallis
  walters warner webb webster whittaker wilson winter woods yates quarrington`);

/** Names that are everyday words as well. */
export const doubtfulNames = wordsOf(`
  adrienne ade angel april art ash august autumn bella bill bob bonnie brook brown carter case chance chase christian chuck
  cliff cole colt cook cooper dale dawn dean destiny dick dolly drew duke earl eden eve faith finn fern flora ford
  frank gale gene ginger glory grace grant gray green guy hall harmony heath heather hope hunt hunter iris ivy jack
  jasper jay jewel joy june justice kay ken kim king kit lance law lance lane lance list long love mark marks mason
  max may mercy miles mill neve nick nova olive page parker pat patience pearl penny pierce piper poppy price prince
  queen ray reed rich rob robin rock rod rose ruby rusty sandy shaw skip sky sonny storm sue summer taylor
  ted tiffany turner victor violet wade ward ware west white will willow wood wren young bishop baker butcher fisher knight
  potter archer stone hill field fields rivers banks church day may may cox black bell bird`);

/** Proper words that name nobody: days, places as large as a country, and what everybody uses. */
export const publicWords = wordsOf(`
  i i'm i've i'd i'll monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays
  saturdays sundays january february march april may june july august
  september october november december christmas easter new year england wales scotland northern ireland britain british
  english welsh scottish irish uk london europe european eu ec us usa urdu punjabi polish bengali arabic hindi romanian welsh
  muslim christian hindu sikh jewish roma traveller traveler lgbt deaf instagram facebook snapchat tiktok whatsapp twitter
  telegram signal discord tinder hinge bumble grindr onlyfans linkedin youtube reddit messenger google apple android samsung
  iphone ipad airtag airtags tile smarttag alexa ring nest fitbit strava uber amazon microsoft teams paypal monzo netflix
  spotify gps sim esim vpn cctv bluetooth wifi gmail outlook icloud act acts code crown court courts magistrates police
  parliament government ministry justice home office college policing council nhs gp bbc tv suzy lamplugh trust paladin
  victim victims support clare's clares sarah's law scheme section schedule part article stalking protection order orders
  restraining harassment notice national helpline domestic abuse valentine's valentines diwali ramadan eid
  hanukkah passover mothers mother's fathers father's halloween poland polish romania nigeria nigerian pakistan pakistani india indian bangladesh
  bangladeshi china chinese ghana ghanaian somalia somali kenya kenyan sudan sudanese syria syrian iraq iraqi iran iranian
  afghanistan afghan turkey turkish albania albanian lithuania lithuanian latvia latvian bulgaria bulgarian hungary hungarian
  slovakia ukraine ukrainian russia russian spain spanish france french germany german italy italian portugal portuguese
  greece greek netherlands dutch america american australia australian canada canadian brazil brazilian jamaica jamaican
  caribbean zimbabwe eritrea eritrean ethiopia vietnam vietnamese philippines filipino thailand thai nepal nepali sri lanka
  tamil gujarati pashto farsi tigrinya mandarin cantonese arab asian african tesco asda sainsbury's sainsburys aldi lidl
  morrisons boots argos ebay vinted deliveroo ofcom iopc hmicfrs nspcc refuge god mr mrs ms miss mx dr prof pc ps dc ds di dci sgt`);
