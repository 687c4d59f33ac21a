import { foldText } from './fold-text.js';
import { compilePattern } from './patterns.js';

/**
 * The seven examples of acts associated with stalking in section 2A(3) of the Protection from Harassment
 * Act 1997, and a proposal of which of them an incident's words describe. The list is of examples only: an
 * act that is none of them may still be one. What is proposed is never recorded until the user has chosen it.
 * Over 200 lines, most of them the words that propose each kind.
 * Long because the patterns stand beside the kinds they propose; test/questions/incidents.txt tells how well they do.
 */

export const actLetters = ['a', 'b', 'c', 'd', 'e', 'f', 'g'] as const;
export type ActLetter = (typeof actLetters)[number];

/** Short names, in our words and no wider than the Act's. */
const names: Readonly<Record<ActLetter, string>> = {
  a: 'following',
  b: 'contacting, or trying to contact, by any means',
  c: 'publishing material about the person, or as if it came from them',
  d: 'monitoring their internet, email or other electronic communication',
  e: 'loitering in any place, public or private',
  f: 'interfering with property in their possession',
  g: 'watching or spying',
};

/** A kind as it is printed: "following (a)"; "other" is an act that is none of the seven examples. */
export function sayActKind(kind: string): string {
  const letter = actLetters.find((known) => known === kind);
  return letter ? `${names[letter]} (${letter})` : 'other behaviour';
}

/** Where the Act lists a kind, as `"source-id locator"`. */
export function citeOfActKind(letter: ActLetter): string {
  return `leg-pha s2A(3)(${letter})`;
}

/** Pieces of pattern under a name; typing mistakes that are common are among them. */
const words = {
  /** Before a verb these say that it did not happen: "did not follow", "hasn't rung". */
  not: String.raw`(?<!\b(?:not|never|didnt|hasnt|hadnt|havent|wasnt|stopped|no) (?:been )?)`,
  me: 'me|her|him|them|us|victim|the victim|the vic|vic|caller|the caller|female|male',
  my: 'my|her|his|their|our|the|victims|callers|a|an|mums|sisters|parents|neighbours',
  place:
    'house|home|flat|work|workplace|office|school|college|uni|gym|street|road|door|window|windows|shop|church|nursery|address|drive|gate|gates|pub|car ?park|mums|place|job',
  online:
    'facebook|fb|insta|instagram|twitter|tiktok|snap|snapchat|reddit|linkedin|online|youtube|social media|the internet|group chat|x',
  fixture:
    'window|windows|door|doors|fence|gate|shed|wall|garden|lock|locks|tyres?|tires?|car|van|bike|mirror|wing mirror|windscreen|plants|bins?|drive|garage|letter ?box',
};

/** For each kind what its words look like, with an example; read in folded text. */
const sources: Readonly<Record<ActLetter, readonly string[]>> = {
  a: [
    // "follwed her", "keeps following me", but not "followed her on Instagram" or "as follows"
    String.raw`{not}\b(?:foll?o?w+(?:e?d|ing|in|s)?|folo?wd|folow(?:ed|ing))\b(?! (?:up|{me} (?:on|back on) {online}|advice))(?=[^.\n]{0,12}\b(?:{me}|{my}|round|around|all|everywhere|home|again|into|off|on|from|behind|down|to)\b)`,
    // "tailed me", "trailing her car", "chased me"
    String.raw`{not}\b(?:tail(?:ed|ing)|trail(?:ed|ing)|shadow(?:ed|ing)|chas(?:ed|ing)|pursu(?:ed|ing)) (?:{me}|{my})\b`,
    // "behind me all the way", "driving behind me"
    String.raw`\bbehind {me} (?:all|the whole|for|in|on|every|again|round|around)\b`,
    // "came after me down the street", "got on the same bus"
    String.raw`\b(?:came|comes|coming|ran|runs|running|walked|walking) after {me}\b`,
    String.raw`\b(?:got|gets|getting|jumped) on (?:the same|{my}) (?:bus|train|tram|tube)\b`,
    // "turned up at my gym": where the person was going
    String.raw`{not}\b(?:turn(?:ed|s|ing)?|show(?:ed|s|ing)?|popp(?:ed|ing)) up\b`,
    String.raw`\b(?:walk(?:ed|s|ing)|dr(?:ove|iving|ives)|car|cars|steps?|paces|right|close|running|was|were|cycl(?:ed|ing)|stayed|kept) (?:right |close |straight )?behind {me}\b`,
    String.raw`\b(?:cars?|steps?|paces|yards|metres) (?:behind|back)\b`,
    String.raw`\b(?:took|taking|made) (?:every|the same|each) (?:turn|turning|route)`,
    String.raw`\b(?:appear(?:s|ed|ing)?|bump(?:s|ed|ing)? into {me}|is there|hes there|shes there|theyre there|was there) (?:wherever|everywhere|every time|whenever)\b`,
    String.raw`\b(?:keeps|always|kept) (?:appearing|showing up|turning up|being there)\b`,
    String.raw`\b(?:got|gets|getting) off (?:the bus |the train |the tram )?at (?:my|her|his|the same) stop\b`,
    String.raw`\b(?:on {my} tail|walk(?:ed|s|ing) with {me}|caught up with {me}|catch(?:es|ing)? up with {me}|right up behind|kept up with {me}|same (?:train|bus|tram|tube|carriage|flight|route))\b`,
    String.raw`\bon {my} (?:train|bus|tram|tube|flight)\b`,
    String.raw`\b(?:gets?|getting|got) (?:on|off) (?:where|when|wherever|whenever) (?:i|she|he|they)\b`,
  ],
  b: [
    // "rang me", "keeps calling", "43 missed calls", "phoning the house"
    String.raw`{not}(?<!\b(?:my|her|his|their|the|about|reads?|reading|seen) )\b(?:rang|rung|ring(?:s|ing)|phon(?:ed|es|ing)|telephoned|face ?tim(?:ed|ing)|whatsapp(?:ed|ing)|text(?:ed|s|ing)|txt(?:ed|s)?|messag(?:ed|es|ing)|msg(?:ed|s|d)?|massaged|email(?:ed|s|ing)|dm ?(?:d|ed|s|ing)|inbox(?:ed|ing)|contact(?:ed|ing))\b(?! (?:the police|police|101|999))`,
    String.raw`{not}\bcall(?:ed|s|ing) (?:{me}(?! (?:an?|names|the)\b)|{my} (?:phone|mobile|work|house|mum|office)|from|again|all|over|constantly|repeatedly|\d)\b`,
    String.raw`\b(?:text|call|ring|email|message|write to) {me} \b(?=[^.\n]{0,20}\b(?:times|again|every|all|saying|a photo|a pic|photo)\b)`,
    String.raw`\b(?:missed|silent|withheld|unknown|nuisance|abusive|\d+|more|another|lots of|loads of|hundreds of) (?:phone )?(?:calls?|texts?|messages?|mess?ages?|emails?|voice ?mails?|msgs?|dms?|letters?|cards?)\b`,
    String.raw`\bkeeps (?:on )?(?:ringing|calling|texting|messaging|emailing|phoning)\b`,
    // "sent flowers", "posted a letter", "left a note"
    String.raw`\b(?:sent|sends|sending|left|leaves|leaving|received|got(?! in ?to)|gets(?! in ?to)|delivered|dropped(?: off)?|pushed|posted|gave|given)\b[^.\n]{0,25}\b(?:notes?|letters?|cards?|flowers|roses|gifts?|presents?|parcels?|packages?|messages?|mess?ages?|voice ?mails?|texts?|emails?|chocolates|valentines?)\b`,
    String.raw`\b(?:wrote|writes|writing|written) (?:to )?{me}\b`,
    // "got his mate to tell me"
    String.raw`\b(?:got|gets|getting|asked|asks|asking|told|used|using) [^.\n]{2,30} to (?:tell|pass|give|speak|talk|message|contact|ask|say)\b`,
    String.raw`\bpass(?:ed|es|ing)? (?:on )?(?:a |{my} )?(?:message|mess?age|letter|note)s?\b`,
    // "1p in my bank with a message as the reference"
    String.raw`\b(?:bank|payment|transfer(?:red)?|1p|penny|pennies|paypal|monzo)\b[^.\n]{0,40}\b(?:reference|ref|message)\b`,
    String.raw`\b(?:friend|follow) requests?\b`,
    String.raw`\bnew (?:insta|instagram|facebook|fake|snapchat|tiktok|whatsapp)? ?(?:account|number|profile)s?\b[^.\n]{0,30}\b(?:dm ?d|messaged|me|contact|text)\b`,
    String.raw`\bwith a note\b`,
    String.raw`\b(?:voice ?mails?|whatsapps|snaps|missed calls?|texts|dms|silent calls?|love letters?|e ?mails)\b(?<!\b(?:my|her|his|their|reads?|reading|checks|all my) \w{1,12})`,
    String.raw`\bput [^.\n]{0,20}\b(?:note|letter|card|parcel|flowers|present|gift)s? (?:\w+ ){0,3}(?:through|on|in|under|by|at)\b`,
    String.raw`\b(?:put|left|dumped|dropped) (?:a |some )?(?:parcels?|packages?|boxe?s?|bags?|flowers|roses)\b`,
    String.raw`\bto (?:ring|phone|call|text|message|email|contact|dm|reach|get hold of) {me}\b`,
    String.raw`\b(?:tried|trying|tries|attempted) (?:to )?(?:ring|phone|call|text|message|email|contact|speak|talk|reach|add)`,
    String.raw`\b(?:came|comes|come|coming|turned up|shouting|shouted|begging|asking|asked|calling) (?:over |round |up )?(?:to|for) (?:ask )?{me} (?:to|back)\b`,
    String.raw`\basking {me} to (?:unblock|come|meet|talk|call|ring|reply|take|go)\b`,
    String.raw`\b(?:left|leaves|leaving|wrote|writes|makes|made) (?:\w+ ){0,2}comments? (?:on|under)\b`,
    String.raw`\b(?:ring|rang|ringing|rung|banging|banged|knock(?:ed|s|ing)|hammer(?:ed|ing)) (?:on |at )?(?:{my} )(?:front |back )?(?:door|bell|doorbell|buzzer|intercom|window)\b`,
    String.raw`\b(?:added|adding|poked|tagged|tagging) {me} (?:on|again|as|in)\b`,
    String.raw`\b(?:bunch(?:es)? of|bouquets?|flowers|roses|voice notes?|valentines?)\b`,
    String.raw`\b(?:pm|dm|im|ping|inbox|text|txt|whatsapp|facetime|video call|snap|voice ?note) ?(?:d|ed|s|ing) {me}\b`,
    String.raw`\b(?:phone|landline|mobile|doorbell|buzzer) (?:goes|went|rings|rang|keeps|kept|going|ringing|wont stop)\b`,
    String.raw`\b(?:call(?:ed|s|ing)|rang|rung|phon(?:ed|es|ing)) (?:{my} |the )?(?:victims? |callers? )?(?:landline|mobile|phone|work|boss|mum|sister|brother|friend|number)\b`,
    String.raw`\b(?:tried|trying|tries|attempted) to (?:give|hand|pass|hug|kiss|stop|see) {me}\b`,
    String.raw`\b(?:nobody|no one|noone) (?:speaks|spoke|there|answers|on the line)\b`,
    String.raw`\b(?:came up to|approach(?:ed|es|ing)|spoke to|shout(?:ed|s|ing) (?:at|to)|wav(?:ed|es|ing) at|blew kisses at) {me}\b`,
  ],
  c: [
    // "posted on facebook", "shared my private pictures"
    String.raw`{not}\b(?:post(?:ed|s|ing)|shar(?:ed|es|ing)|upload(?:ed|s|ing)|publish(?:ed|es|ing)|put|puts|putting|wrote|writing|writes|sp(?:read|reading))\b[^.\n]{0,40}\b(?:on|to|all over|in) (?:{my} )?(?:{online}|tinder|grindr|a website|website|site|porn site|escort site|adult site|dating site|page|wall|story)\b`,
    String.raw`{not}\b(?:post(?:ed|s|ing)|shar(?:ed|es|ing)|upload(?:ed|s|ing)|publish(?:ed|es|ing)|sen(?:t|ds|ding)|leak(?:ed|ing)|show(?:ed|ing)) (?:{my}|nude|naked|intimate|private) ?(?:private |intimate |naked |nude |explicit )?(?:pic(?:ture)?s?|photos?|images?|nudes|video|videos|address|number|phone number)\b`,
    String.raw`\b(?:post|posts|posted|posting|tweet(?:ed|s|ing)?|blog(?:ged|s|ging)?|vlog(?:ged)?|lies|stories|rumou?rs) (?:lies |things |stuff |horrible things |rubbish )?about {me}\b`,
    String.raw`\b(?:spread(?:ing)?|telling everyone|told everyone) (?:lies|rumou?rs|stories)\b`,
    // "a tinder profile with my name", "pretending to be me"
    String.raw`\b(?:profile|account|page|advert|ad|website|site)s? (?:\w+ ){0,3}(?:with|using|in|as) {my} (?:name|photo|pic|picture|face|number|details)`,
    String.raw`\b(?:pretend(?:ed|s|ing)?|pretends|claiming|posing|posed|making out) (?:to be|as) {me}\b`,
    String.raw`\bimpersonat(?:ed|es|ing|ion)\b`,
    String.raw`\b(?:order(?:ed|s|ing)?|taxis?|pizzas?|food|signed (?:me )?up|subscri\w+|book(?:ed|ing))\b[^.\n]{0,30}\bin {my} name\b`,
    String.raw`\b(?:leaflets?|flyers?|posters?)\b[^.\n]{0,60}\b(?:picture|photo|pic|name|about|saying)\b`,
    String.raw`\bposted it\b`,
    String.raw`\b(?:revenge porn|doxx?ed|doxx?ing)\b`,
    String.raw`\b(?:fake|false|new|another) (?:account|profile|page|website)s? (?:\w+ ){0,3}(?:us(?:e?ing)|with|in|of|about|as)\b`,
    String.raw`\b(?:nudes?|naked (?:pics?|photos?|pictures?)|intimate (?:images?|pics?|photos?)|private (?:pics?|photos?))\b[^.\n]{0,20}\b(?:sent|shared|posted|online|put|up|leaked|shown)\b`,
    String.raw`\b(?:web ?sites?|blogs?|page|petition|reviews?|video|youtube channel) (?:about|of|on|calling|saying) (?:{me}|{my})\b`,
    String.raw`\b(?:told|telling|tells) (?:everyone|everybody|all|people|work|colleagues|the whole)\b[^.\n]{0,40}\b(?:that )?(?:im|i am|i have|i|shes|hes|lies)\b`,
    String.raw`\b(?:bad|fake|false|horrible|nasty) reviews?\b`,
    String.raw`\b(?:pics?|photos?|pictures?|videos?|images?|messages|texts|name|number|address|face) (?:\w+ ){0,4}(?:on|onto|all over) (?:{my} |another |some )?(?:{online}|profile|page|site|website|story|feed|wall|channel|noticeboard)\b`,
    String.raw`\b(?:pinn(?:ed|ing)|stuck|stick(?:ing)?|put|printed) (?:\w+ ){0,5}(?:up|round|around) (?:in|on|at|the|my)\b`,
    String.raw`\b(?:under|in) {my} name\b`,
    String.raw`\bas if (?:it was|it came|it were|theyre|they were) (?:from )?{me}\b`,
  ],
  d: [
    // "got into my email", "hacked my snapchat", "logged in to my facebook"
    String.raw`\b(?:hack(?:ed|s|ing)?|got(?:ten)? in ?to|gets in ?to|gett?ing in ?to|broke(?:n)? in ?to|logged in ?to|logged on ?to|logging in ?to|log in to|access(?:ed|es|ing)?|been in|been on|going through|went through|goes through|in to) (?:{my} )(?:\w+ )?(?:emails?|e mails?|accounts?|facebook|insta|instagram|snap|snapchat|whatsapp|icloud|phone|laptop|computer|messages|texts|google|gmail|hotmail|outlook|cloud|social media|ipad|tablet|online banking)\b`,
    String.raw`\b(?:read(?:s|ing)?|check(?:s|ed|ing)?|monitor(?:s|ed|ing)?|track(?:s|ed|ing)?|intercept(?:s|ed|ing)?|looks? at|looking at|looking through|sees?) (?:all )?{my} (?:emails?|texts?|messages?|whatsapps?|phone|accounts?|internet|browsing|search(?:es)?|history|calls|dms?|online|facebook|insta|instagram|snapchat|last seen)\b`,
    String.raw`\b(?:spy ?ware|stalker ?ware|key ?logger|spy app|monitoring app|mspy|phone was cloned|cloned {my} (?:phone|sim))\b`,
    String.raw`\b(?:has|had|knows|knew|got|guessed|changed|using|used) {my} (?:\w+ )?(?:password|passwords|pass ?code|log ?in|pin)\b`,
    String.raw`\breads it\b`,
    String.raw`\b(?:log ?in|sign in|access) (?:alert|attempt)s?\b`,
    String.raw`\b(?:log ?ins?|sign ?ins?|logged in|signed in|device)\b[^.\n]{0,20}\b(?:from|on|by|to) (?:{my}|another|unknown|an unknown|somewhere|his|her|a different)\b(?<!\b(?:i|we) [^.\n]{0,40})`,
    String.raw`\b(?:forward(?:ed|ing|s)?|redirect(?:ed|ing|s)?|divert(?:ed|ing|s)?)\b[^.\n]{0,25}\b(?:emails?|calls?|messages?|texts?)\b`,
    String.raw`\b(?:app|software|program)\b[^.\n]{0,20}\bon {my} (?:phone|laptop|computer|tablet|ipad)\b`,
    String.raw`\bsees? (?:everything|all|every message|what) (?:i|she|he|they) (?:types?|sends?|writes?|does|do|search(?:es)?)\b`,
    String.raw`\b(?:goes|going|went|looks?|looking|looked) (?:through|on|in) {my} (?:phone|mobile|messages|emails?|texts|whatsapp|laptop)\b`,
    String.raw`\b(?:location|find my phone|find my|life ?360|snap maps?) (?:sharing|services)?[^.\n]{0,20}\b(?:on|without|shared|follow|see)\b`,
    String.raw`\b(?:see|sees|seen|read|reading|word for word)\b[^.\n]{0,30}\b(?:{my} (?:chats?|messages?|emails?|texts|dms|location)|in an email|in a text|in a message)\b`,
    String.raw`\b(?:signed|logged) (?:in|on|into|onto) (?:on|to|in)? ?(?:my|her|his|their)\b`,
    String.raw`\b(?:got|gets|getting|been|is|was) (?:on|in|into|onto) {my} (?:laptop|computer|ipad|tablet|icloud|email|emails|facebook|insta|instagram)\b`,
  ],
  e: [
    // "hanging around", "loitering", "lurking"
    String.raw`{not}\b(?:hang(?:s|ing)?|hung) (?:around|round|about)\b`,
    String.raw`{not}\b(?:loiter(?:s|ed|ing)?|lurk(?:s|ed|ing)?|lingering|prowling)\b`,
    // "sat outside my house", "was outside at 3am", "stood across the road"
    String.raw`{not}\b(?:outside|opposite|across (?:the road|the street|from)|at the end of|round the corner from|near) (?:{my} )?(?:\w+ )?(?:{place})\b(?<!\bi was [^.\n]{0,30})`,
    String.raw`\b(?:sat|sitting|stood|standing|stands|sits|parked|parking|waited|waiting|waits) (?:up |there |in {my} (?:car|van) |just )?(?:outside|opposite|across|near|nearby|by|at|in|for {me}|on {my} (?:street|road|corner|drive|wall))\b`,
    String.raw`\b(?:was|been|is|hes|shes|theyre|there|came) outside (?:again|at|when|all|for|until|in)\b`,
    // "drove past the house 5 times"
    String.raw`{not}\b(?:dr(?:ove|iven|iving|ives)|walk(?:ed|s|ing)|cycl(?:ed|es|ing)|went|goes|going) (?:slowly |repeatedly |up and down |back and forth )?(?:past|by|up and down)\b(?! bus)`,
    String.raw`\bcar ?park again\b`,
    String.raw`\bjust (?:sat|stood|standing|sitting) there\b`,
    String.raw`\b(?:sits?|sat|sitting|stood|stands?|standing|waits?|waiting|waited|parks?|parked|pac(?:ed|es|ing)) (?:\w+ ){0,3}(?:for (?:hours|ages|an hour|\d+|two|three|half)|up and down|on {my} (?:road|street)|at the end)\b`,
    String.raw`\bpac(?:ed|es|ing) (?:up and down|outside|around)\b`,
    String.raw`\bin (?:the|my|her|his) (?:waiting room|reception|foyer|lobby|car ?park|stairwell|corridor|alley|bushes|garden|cafe|shop)\b[^.\n]{0,30}\b(?:of|again|where|when|no reason|for|every)\b`,
    String.raw`\b(?:no reason|nothing) to be there\b`,
    String.raw`\b(?:comes|goes|came|coming) (?:in|into|to) the (?:cafe|shop|pub|bar|restaurant|salon|office|place|gym) (?:where )?(?:i|she|he|they) works?\b`,
    String.raw`\b(?:at|on|by|near|round) the (?:bottom|end|top|corner|entrance|side|bench|gates?|bus stop|taxi rank)\b(?=[^.\n]{0,40}\b(?:night|morning|day|hours|till|until|again|opposite|engine|lane|road|street|watching)\b)`,
    String.raw`\b(?:hangs?|hung|hanging|waits?|waiting|waited|sits?|sitting|sat|stands|stood) (?:around|round|about|in|at|by|on|near) (?:the|my|her|his)\b`,
    String.raw`\b(?:engine running|lights off|all day (?:on|in|at|outside)|same car)\b`,
  ],
  f: [
    // "keyed my car", "slashed her tyres"
    String.raw`{not}\b(?:key(?:ed|ing)|slash(?:ed|ing|es)|smash(?:ed|ing|es)|scratch(?:ed|ing|es)|dent(?:ed|ing)|vandali[sz](?:ed|ing)|damag(?:ed|es|ing)|brok(?:e|en)|br(?:eak|eaks|eaking)|kick(?:ed|ing) in|kick(?:ed|ing)|cut|cuts|cutting|glu(?:ed|ing)|graffiti(?:ed)?|set fire to|burn(?:t|ed)|egg(?:ed|ing)|punctured|let down|poured|snapped) (?:all |one of |off )?(?:{my} )(?:\w+ )?(?:{fixture}|phone|laptop|clothes|stuff|things|belongings|property|furniture|tv|brakes?|cable|power|electric|gas)\b`,
    String.raw`\b(?:{fixture}|phone|laptop) (?:\w+ ){0,3}(?:slashed|smashed|keyed|scratched|damaged|vandalised|vandalized|broken|glued|burnt|let down|egged|forced)\b`,
    String.raw`\b(?:brick|stones?|rock|bottle|eggs?|paint|petrol|acid|dog (?:poo|mess)|rubbish|faeces)\b[^.\n]{0,25}\b(?:through|at|on|over|in|into)\b[^.\n]{0,15}\b(?:{fixture})\b`,
    String.raw`\bsnapped off\b`,
    // "let herself in", "broke into the house"
    String.raw`\b(?:let (?:him|her|them)sel(?:f|ves) in|broke(?:n)? in|break in|been in (?:{my} )(?:house|flat|home|car|garden|shed|room))\b(?! ?to {my} (?:emails?|accounts?|phone))`,
    String.raw`\b(?:mov(?:ed|ing)|rearrang(?:ed|ing)) (?:things|stuff|{my} (?:things|stuff|furniture|car|bins?|bike|plants))\b`,
    // "took my post", "stole my keys"
    String.raw`{not}(?<!\b(?:police|officers?|i) )\b(?:took|taken|tak(?:es|ing)|stole|stolen|steal(?:s|ing)|nicked|hid|hidden|threw|thrown|open(?:ed|ing)|gone through|went through|rifled through|killed|poisoned|hurt|harmed) (?:away |out )?(?:{my} )(?:\w+ )?(?:post|mail|keys?|bins?|washing|underwear|knickers|phone|laptop|bag|purse|wallet|passport|car|bike|dog|cat|pet|pets|clothes|letters|parcels?|things|stuff|belongings|jewellery)\b`,
    String.raw`\b(?:washing|post|mail|keys|underwear|clothes|parcels?|plants) (?:\w+ ){0,2}(?:taken|stolen|missing|gone|opened|moved)\b`,
    String.raw`\bbins? (?:had |have |were |was )?(?:been )?(?:gone|rifled) through\b`,
    String.raw`\blet the (?:dog|cat|horse|rabbit)s? out\b`,
    // "left a dead bird on the doorstep": something left at the home
    String.raw`\b(?:left|leaves|leaving|dumped|put|found)\b[^.\n]{0,30}\b(?:dead|faeces|poo|rubbish|condoms?|knife|bullet)\b`,
    String.raw`\bmirror off\b`,
    String.raw`\b(?:pour(?:ed|ing)|smear(?:ed|ing)|spray(?:ed|ing)|spread|threw|thrown|tipped|wiped|rubbed) (?:\w+ ){0,3}(?:on|over|in|into|at|across|all over) (?:{my} )`,
    String.raw`\b(?:smeared|sprayed|daubed) with\b`,
    String.raw`\b(?:gate|door|shutter|wheel|wing mirror|fence panel|number plates?|aerial|wipers?) (?:\w+ ){0,3}off\b`,
    String.raw`\b(?:been|someone|somebody|gone) (?:in|into|through) (?:{my} )(?:locker|desk|house|flat|room|drawers?|bag|car|shed|garage|tent|wardrobe)\b`,
    String.raw`\b(?:thrown|threw|chucked|put|tipped) (?:\w+ ){0,3}(?:in|into|over) (?:the|my) (?:bin|skip|river|pond|fence|hedge)\b`,
    String.raw`\bcut up (?:\w+ )?(?:clothes|dress|photos?|pictures?|things)\b`,
    String.raw`\b(?:super ?glue|gluing|glued)\w{0,2}\b`,
    String.raw`\b(?:locks?|tyres?|brakes?|fuel|petrol tank|tank|number plates?|wiring|cables?|fuse ?box|boiler|oven|taps?|heating|alarm|hinges|letterbox) (?:\w+ ){0,3}(?:on|off|cut|changed|tampered|messed|glued|broken|loosened|loose|out|removed)\b`,
    String.raw`\b(?:in|into|down) {my} (?:petrol |fuel )?(?:tank|exhaust|engine|letter ?box|pond|drain)\b`,
    String.raw`\b(?:came in|been in|got in|gets in|coming in|in the house|in my house|in the flat) (?:while|when|whilst|through|and) `,
    String.raw`\b(?:tamper(?:ed|ing)|mess(?:ed|ing)|interfer(?:ed|ing)|fiddl(?:ed|ing)) with (?:{my} )(?:\w+ )?(?:{fixture}|brakes|things|stuff|post|boiler|bike|meter)\b`,
  ],
  g: [
    // "watching me", "watches the house"
    String.raw`{not}(?<!\bi )\b(?:watch(?:ed|es|ing)?|observ(?:ed|es|ing)|spy(?:ing)?|spied|spies) (?:on )?(?:{me}|{my}|who|when|where)\b(?! (?:tv|telly|film|match|football))`,
    String.raw`\b(?:film(?:ed|s|ing)|photograph(?:ed|s|ing)|video(?:ed|s|ing)|record(?:ed|ing)) (?:{me}|{my} (?:house|home|car|children|kids|window|flat))\b`,
    String.raw`\b(?:took|taking|takes|taken|snapping) (?:a )?(?:photos?|pics?|pictures?|videos?) of (?:{me}|{my})\b`,
    // "an airtag in my bag", "tracker under the car"
    String.raw`\b(?:air ?tags?|trackers?|tracking devices?|gps|tile tracker|listening device|bug(?:ged|ging)|hidden cameras?|spy cameras?|drones?|binocul[ae]rs?)\b`,
    String.raw`\bcameras? (?:\w+ ){0,2}(?:in|on|at|pointing|pointed|facing|outside|behind|under)\b`,
    String.raw`\b(?:look(?:ed|ing|s)?|peer(?:ed|ing|s)?|peek(?:ed|ing)?|star(?:ed|ing|es)) (?:in|into|through|up at|at) (?:{my} )(?:\w+ )?(?:windows?|letter ?box|house|fence|blinds|curtains|flat)\b`,
    String.raw`\b(?:knew|knows) (?:exactly )?(?:what|where|when|who) (?:i|she|he|they) (?:was|were|had|am|is|d)\b`,
    String.raw`\bthrough the (?:ring )?doorbell\b`,
    String.raw`\b(?:cctv|camera|ring|doorbell|webcam|telescope|baby monitor)s?\b[^.\n]{0,25}\b(?:point(?:s|ed|ing)?|facing|aimed|hidden|hid|trained) `,
    String.raw`\b(?:hid|hidden|planted|concealed|fitted|installed) (?:a |an |some )?(?:\w+ )?(?:camera|cctv|recorder|baby monitor|microphone|mic|phone|device|tracker|bug)s?\b`,
    String.raw`\b(?:describ(?:ed|es|ing)|comment(?:ed|s|ing) on|mention(?:ed|s|ing)) (?:what i|my new|what she|her new|my|what id)\b`,
    String.raw`\bcan see (?:in|into|me|right in|my)\b`,
    String.raw`\b(?:go ?pros?|binos|binocs|telescope|dash ?cam|spy ?cam)\b`,
    String.raw`\b(?:up (?:a|the) (?:ladder|tree)|looking (?:over|in|into|through|across)|looks? (?:over|in|into|through) (?:the|my|her|our))\b`,
  ],
};

const patterns = actLetters.map(
  (letter) => [letter, sources[letter].map((source) => compilePattern(source, words))] as const,
);

/**
 * The letters of the kinds that an incident's words seem to describe, in the Act's order; none where
 * nothing is recognised. A proposal for the user to take or leave, never a finding.
 */
export function proposeKinds(incident: string): readonly ActLetter[] {
  const { folded } = foldText(incident);
  return patterns.flatMap(([letter, own]) =>
    own.some((pattern) => folded.search(pattern) !== -1) ? [letter] : [],
  );
}
