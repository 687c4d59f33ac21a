/** What officers, call handlers and advocates ask: one question a line, rotated through by the load. */
export const questions: readonly string[] = `
What is a stalking protection order?
who can apply for an SPO
Does the victim have to agree before we apply for a stalking protection order?
Can we get an interim SPO while the full application waits?
how long does an spo last
What happens if he breaches the stalking protection order?
Is a breach of an SPO an arrestable offence?
What is the difference between a restraining order and an SPO?
Can a court make an SPO if he was never convicted?
What does FOUR stand for?
is it stalking or harassment
How many incidents make a course of conduct?
What are the examples of stalking in section 2A?
difference between 2A and 4A
What does serious alarm or distress mean in 4A?
max sentence for section 4A stalking
is there a time limit for charging section 2A
Can following somebody once be stalking?
What counts as monitoring her online?
How should stalking be recorded under the counting rules?
Do I record every incident as a separate crime?
Should I tell her to block him?
Should she change her phone number?
Can I advise the victim to meet him one last time to tell him to stop?
The victim found an AirTag in her car, what now?
How do I preserve WhatsApp messages as evidence?
could there be spyware on her phone
What goes into an evidence diary?
How do we agree a safe way to contact the victim?
What support services can I refer a stalking victim to?
What is an ISAC?
What rights does the Victims' Code give at the first report?
When should a case go to MARAC?
Can Clare's Law be used for an ex partner who stalks?
What did victims say about how police responded to them?
what does the super-complaint say about SPOs
What should I do first when a stalking victim calls?
Cyber stalking by an unknown person, where do I start?
he got bail with conditions and keeps texting, what can I do
The suspect sends gifts to her work, is that stalking?
How do I reset my payslip password?
What is the capital of France?
`
  .trim()
  .split('\n');
