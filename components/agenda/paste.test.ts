import { describe, expect, it } from 'vitest'
import { cleanPaste } from './paste.ts'

/** Word for Windows through Chrome: a bullet list, then a numbered one with a level below. */
const word = `<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word">
<head><meta charset="utf-8"><style><!-- p.MsoNormal {mso-style-unhide:no; font-size:11.0pt;} --></style>
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]--></head>
<body lang=DA style='tab-interval:65.2pt'><!--StartFragment-->
<h1 style='mso-outline-level:1'><span lang=DA style='color:#2F5496'>Sagsfremstilling<o:p></o:p></span></h1>
<p class=MsoNormal><span lang=DA>Styregruppen har <b style='mso-bidi-font-weight:normal'>udarbejdet</b>:<o:p></o:p></span></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><!--[if !supportLists]--><span style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span></span></span><!--[endif]--><span lang=DA>en evaluering<o:p></o:p></span></p>
<p class=MsoListParagraphCxSpLast style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span style='font-family:Symbol'><span style='mso-list:Ignore'>·<span>&nbsp;&nbsp; </span></span></span><![endif]><span lang=DA>en strategi<o:p></o:p></span></p>
<p class=MsoNormal><span lang=DA><o:p>&nbsp;</o:p></span></p>
<p class=MsoListParagraphCxSpFirst style='mso-list:l1 level1 lfo2'><!--[if !supportLists]--><span style='mso-list:Ignore'>1.<span>&nbsp;&nbsp; </span></span><!--[endif]-->Første</p>
<p class=MsoListParagraphCxSpMiddle style='mso-list:l1 level2 lfo2'><!--[if !supportLists]--><span style='mso-list:Ignore'>a.<span>&nbsp;&nbsp; </span></span><!--[endif]-->Under</p>
<p class=MsoListParagraphCxSpLast style='mso-list:l1 level1 lfo2'><!--[if !supportLists]--><span style='mso-list:Ignore'>2.<span>&nbsp;&nbsp; </span></span><!--[endif]-->Anden</p>
<!--EndFragment--></body></html>`

describe('cleanPaste', () => {
  const cleaned = cleanPaste(word)

  it('makes lists of the paragraphs Word writes for list items, nested by level', () => {
    expect(cleaned).toContain('<ul><li><p>en evaluering</p></li><li><p>en strategi</p></li></ul>')
    expect(cleaned).toContain(
      '<ol><li><p>Første</p><ol><li><p>Under</p></li></ol></li><li><p>Anden</p></li></ol>',
    )
  })

  it('keeps bold, makes every heading the one level there is, and drops the rest', () => {
    expect(cleaned).toContain('<h3>Sagsfremstilling</h3>')
    expect(cleaned).toContain('<p>Styregruppen har <strong>udarbejdet</strong>:</p>')
    expect(cleaned).not.toMatch(/style|class|lang|o:p|mso|StartFragment|<!|font-size/i)
  })

  it('finds the bullet also where only its span is left of Word’s marks', () => {
    const mail = `<p class=MsoListParagraph style="mso-list:l0 level1 lfo1"><span style="mso-list:Ignore">·<span>&nbsp;</span></span><span>første</span></p><p class=MsoListParagraph style="mso-list:l0 level1 lfo1"><span style="mso-list:Ignore">·<span>&nbsp;</span></span>andet</p>`
    expect(cleanPaste(mail)).toBe('<ul><li><p>første</p></li><li><p>andet</p></li></ul>')
  })

  it('reads the bold and italic of Google Docs, which are styles', () => {
    const docs = `<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-1"><p dir="ltr" style="line-height:1.38"><span style="font-size:11pt;font-weight:400">Rådet </span><span style="font-weight:700;font-style:italic">drøfter</span></p></b>`
    expect(cleanPaste(docs)).toBe('<p>Rådet <strong><em>drøfter</em></strong></p>')
  })

  it('keeps links and tables without their attributes', () => {
    const page = `<div class="x"><a href="https://kl.dk/a?b=1&amp;c=2" onclick="steal()" target=_top>KL</a><a name="top">her</a><table border=1 width="100%"><tbody><tr><td style="width:9pt" onmouseover='x()'>1</td></tr></tbody></table></div>`
    expect(cleanPaste(page)).toBe(
      '<div><a href="https://kl.dk/a?b=1&amp;c=2">KL</a>her<table><tbody><tr><td>1</td></tr></tbody></table></div>',
    )
  })

  it('drops scripts, styles and pictures with what they hold', () => {
    const page = `<p>før<script>alert("<p>x</p>")</script><style>p{}</style><img src=x onerror=alert(1)>efter</p>`
    expect(cleanPaste(page)).toBe('<p>førefter</p>')
  })

  it('leaves what our own editor copied as it is', () => {
    const own = '<p data-pm-slice="1 1 []">rådet</p>'
    expect(cleanPaste(own)).toBe(own)
  })

  it('keeps words whatever the markup, also when it is broken', () => {
    expect(cleanPaste('a < b <p>c')).toContain('c')
    expect(cleanPaste('</p></b>kun ord')).toBe('kun ord')
    expect(cleanPaste('1 < 2')).toBe('1 &lt; 2')
  })
})
