import { describe, expect, it } from 'vitest';
import { glossWelsh } from '../../src/core/welsh.js';

/** Written without a speaker of Welsh; what counts is that the words of the field come through. */
describe('a question in Welsh', () => {
  it.each([
    [
      'Pa mor hir mae gorchymyn diogelu rhag stelcio yn para?',
      'how long stalking protection order last',
    ],
    ['Beth yw gorchymyn diogelu rhag stelcian?', 'what is stalking protection order'],
    [
      'Beth yw’r gwahaniaeth rhwng adran 2A ac adran 4A?',
      'what is difference between section 2a section 4a',
    ],
    ['Pwy sydd yn gallu gwneud cais am SPO?', 'who can apply spo'],
    ['Sut mae dweud wrth y dioddefwr am fechnïaeth?', 'how tell victim bail'],
    ['Mae e y tu allan i’r tŷ nawr', 'he is outside house now'],
    ['Ydy stelcian yn drosedd?', 'stalking offence'],
    ['Beth yw rhif y llinell gymorth stelcio?', 'what is number helpline stalking'],
    [
      'Mae hi wedi dod o hyd i AirTag, beth ddylai hi wneud?',
      'she is dod hyd airtag what should she do',
    ],
    [
      'Beth yw stelcio a beth ddylwn i ei wneud gyntaf?',
      'what is stalking and what should I do first',
    ],
    ['Ydy plentyn yn gallu cael SPO?', 'child can get spo'],
    ['Ydy e’n drosedd i’w dilyn hi adref?', 'offence following her home'],
  ])('“%s” is searched as “%s”', (welsh, english) => {
    expect(glossWelsh(welsh)).toBe(english);
  });

  it.each([
    'How long does an SPO last?',
    'Can Heddlu Gogledd Cymru apply for an SPO?',
    'He followed her from Pen-y-bont ar Ogwr to Betws-y-Coed',
    'Suspect lives in Llanfairpwllgwyngyll, who applies for the order',
    'victim in Ynys Môn, suspect in Pontypridd, which force applies',
    'Beth Rees and Mae Dan are the witnesses',
    'Does the guidance cover Wales?',
    'Is there a Welsh helpline?',
    'N Ireland or NI law on stalking in 2 yr time',
    'Wi-Fi camera at Cwmbran, he watched her an hr',
    'what does Cymru mean in the service name Live Fear Free Cymru',
    'ac dc converter used on the tracker, ar 15 seized',
    '',
  ])('“%s” is no question in Welsh', (text) => {
    expect(glossWelsh(text)).toBeUndefined();
  });

  it('keeps words it does not know, so that names and sections are still searched', () => {
    expect(glossWelsh('Sut mae cofnodi stelcio gan Paladin o dan s4A?')).toContain('paladin');
  });
});
