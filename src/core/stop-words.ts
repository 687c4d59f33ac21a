/**
 * Words that say nothing about the subject of a question. Question words and politeness are among
 * them ("what", "should", "please"), because questions are matched against statements; "not" and "no" are
 * too, since the meaning of an answer is never taken from the match.
 */
export const stopWords: ReadonlySet<string> = new Set(
  `a about above after again all also am an and any are as at be because been before being below between
  both but by can cannot could did do does doing down during each else ever few for from further get gets
  getting give go goes going got had has have having he her here hers him his how i if in into is it its
  itself just know let like me mean means more most much must my need no nor not of off on once only or
  other our out over own please put said same say says she should so some someone something such take tell
  than thanks that the their theirs them then there these they thing things this those through to too under
  until up us use used very want wants was we were what when where whether which while who whom whose why
  will with would yes you your yours im ive hes shes theyre theyve whats wheres cant dont doesnt didnt isnt
  arent wont ok hi hello help explain may might shall upon however therefore thus per via within among since
  although though well`
    .split(/\s+/)
    .filter(Boolean),
);
