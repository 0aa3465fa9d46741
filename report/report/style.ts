import { venues } from '../../placement/venues';

/** Each venue and provider with its colours. */
const coloured = Object.values(venues).flatMap(({ name, phrases }) =>
  Object.entries(phrases.colours).map(([provider, colours]) => ({ key: `${name}-${provider}`, colours })),
);

function venueColours(paper: 0 | 1): string {
  return coloured.map(({ key, colours }) => `--${key}:${colours[paper]}`).join(';');
}

function venueClasses(): string {
  return coloured.map(({ key }) => `.${key}{--c:var(--${key})}`).join('');
}

/** The page's only style sheet. Both themes keep a contrast of 4.5 for text and of 3 for lines. */
export const style = `
:root{color-scheme:light dark;--paper:#fff;--sheet:#f6f7f9;--ink:#1b1f27;--soft:#545c6b;--rule:#d5dae2;--grid:#e4e8ee;
--link:#0b57c2;${venueColours(0)}}
@media(prefers-color-scheme:dark){:root{--paper:#14171c;--sheet:#1d2128;--ink:#e8ebf0;--soft:#a9b2c0;--rule:#39414d;
--grid:#2a313b;--link:#8ab8ff;${venueColours(1)}}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
header,main,footer{max-width:70rem;margin:0 auto;padding:0 1.25rem}
header{padding-top:1.5rem}
h1{font-size:1.7rem;line-height:1.25;margin:0}
h2{font-size:1.3rem;margin:2.25rem 0 .75rem;padding-top:.75rem;border-top:1px solid var(--rule)}
h3{font-size:1.15rem;margin:0}
h4{font-size:1rem;margin:1.25rem 0 .35rem}
p,ul{margin:.4rem 0}
a{color:var(--link)}
.lead{color:var(--soft);margin:.35rem 0 0}
.note-text,figcaption,footer{color:var(--soft);font-size:.9rem}
.verdict{display:grid;gap:.3rem;margin:1rem 0;padding:.8rem 1rem;background:var(--sheet);border:1px solid var(--rule);border-radius:8px}
.verdict div{display:grid;grid-template-columns:6rem minmax(0,1fr);gap:0 .75rem}
.verdict dt{font-weight:600}
.verdict dd{margin:0;overflow-wrap:anywhere}
.warning{border-left:4px solid var(--vm-azure);padding:.25rem .75rem;background:var(--sheet)}
footer{margin-top:2.5rem;padding-top:1rem;padding-bottom:2rem;border-top:1px solid var(--rule)}
svg{display:block;width:100%;height:auto}
svg text{fill:var(--ink);font-family:system-ui,sans-serif}
.end{text-anchor:end}.middle{text-anchor:middle}
.picture.narrow{display:none}
.picture .box{fill:var(--sheet);stroke:var(--rule)}
.picture .name{font-size:15px;font-weight:600}.picture .note{font-size:13px}
.picture .note{fill:var(--soft)}
.picture .venue{font-size:14px;font-weight:600;fill:var(--soft)}
.picture .frame{stroke:var(--rule)}
.picture .link{fill:none;stroke:var(--c);opacity:.55}
.picture .unit .edge{fill:var(--c)}
${venueClasses()}
.plot .grid{stroke:var(--grid)}
.plot text{font-size:12px;fill:var(--soft)}
.plot .label{fill:var(--ink);font-weight:600;paint-order:stroke;stroke:var(--paper);stroke-width:4px;stroke-linejoin:round}
.line polyline,.line .stop{fill:none;stroke:var(--c);stroke-width:2.5;stroke-linejoin:round}
.line.catalog-azure polyline{stroke-dasharray:9 4}.line.vm-azure polyline{stroke-dasharray:3 3}
.line.vm-aws polyline{stroke-dasharray:9 3 2 3}.line.edge-own polyline{stroke-dasharray:14 4}
.plot .today circle{fill:var(--c);stroke:var(--paper);stroke-width:2}
.break-even line{stroke:var(--soft);stroke-dasharray:2 4;stroke-width:1.5}
.swatch{display:inline-block;width:28px;height:10px;vertical-align:middle;margin-right:.4rem}
.legend{list-style:none;display:flex;flex-wrap:wrap;gap:.2rem 1.1rem;padding:0;font-size:.9rem}
figure{margin:.75rem 0 0;max-width:30rem}
.workload{margin:1.25rem 0;padding:1rem 1.25rem;border:1px solid var(--rule);border-radius:8px}
.halves{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr);gap:0 2rem}
table{border-collapse:collapse;width:100%;font-size:.95rem}
caption{text-align:left;color:var(--soft);font-size:.9rem;padding-bottom:.35rem}
th,td{text-align:left;vertical-align:top;padding:.4rem .75rem .4rem 0;border-bottom:1px solid var(--rule)}
th{font-weight:600}thead th{color:var(--soft);font-size:.85rem}
.number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
tfoot th,tfoot td{border-bottom:0}
.number{padding-right:1.25rem}
@media(min-width:641px){tbody th{white-space:nowrap}tbody th code{white-space:normal}}
.candidates{padding-left:1.1rem;font-size:.9rem}.candidates li{margin:.2rem 0}
td,th,li,p,h3{overflow-wrap:break-word}
code{font:.9em ui-monospace,monospace}
details{margin-top:1rem}
summary{cursor:pointer;color:var(--link)}
@media(max-width:760px){.halves{grid-template-columns:minmax(0,1fr)}}
@media(max-width:640px){.picture.wide{display:none}.picture.narrow{display:block}
header,main,footer{padding-left:.9rem;padding-right:.9rem}.workload{padding:.8rem .9rem}h1{font-size:1.35rem}
.stack thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.stack,.stack caption,.stack tbody,.stack tfoot,.stack tr,.stack th,.stack td{display:block}
.stack tr{padding:.5rem 0;border-bottom:1px solid var(--rule)}
.stack th,.stack td{padding:.1rem 0;border:0;text-align:left;white-space:normal}
.stack td::before{content:attr(data-label) ": ";color:var(--soft);font-size:.85rem}
.stack td.number{display:inline-block;margin-right:1.1rem}
.stack td:empty{display:none}
.picture .name{font-size:13px}.picture .note{font-size:12px}}
@media print{:root{color-scheme:light}details:not([open]){display:none}body{font-size:11pt}header,main,footer{max-width:none;padding:0}h2,h3,h4,.note-text{break-after:avoid}
tr,figure,.verdict,.warning,.legend{break-inside:avoid}tfoot{display:table-row-group}
main>h2:nth-of-type(n+2){break-before:page}figure{max-width:22rem}.workload{break-inside:avoid;border:0;border-bottom:1px solid var(--rule);border-radius:0;padding:.5rem 0}}
`.trim();
