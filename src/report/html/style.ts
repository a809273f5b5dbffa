/**
 * The only style sheet, of the report as a file and of the service's status page. Its digest stands in their
 * Content-Security-Policy, so that no other style can act in them; a test compares the two.
 */
export const STYLE = `
:root{color-scheme:light dark;--page:#fff;--text:#1b1f24;--dim:#57606a;--line:#d8dee4;--block:#f4f6f8;--link:#0757b5;--good:#116329;--warn:#7d4e00;--bad:#b3151f;--odd:#0a5c6b;--good-tint:#eef8f0;--warn-tint:#fdf6e3;--bad-tint:#fdf0f0;--odd-tint:#eaf6f8}
@media (prefers-color-scheme:dark){:root{--page:#0f1318;--text:#e4e9ee;--dim:#9aa5b0;--line:#303841;--block:#181e25;--link:#7ab8ff;--good:#56d178;--warn:#e3b341;--bad:#ff8a82;--odd:#56cfe1;--good-tint:#10211a;--warn-tint:#231d10;--bad-tint:#271517;--odd-tint:#0f2127}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:68rem;padding:1rem;background:var(--page);color:var(--text);font:1rem/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
a{color:var(--link)}
:focus-visible{outline:3px solid var(--link);outline-offset:2px}
main:focus{outline:0}
h1{font-size:1.35rem;line-height:1.35;margin:0 0 .4rem;color:var(--text)}
h2{font-size:1.1rem;margin:2rem 0 .5rem;border-bottom:1px solid var(--line);padding-bottom:.25rem}
h3{font-size:1rem;margin:1rem 0 .25rem}
p,ul,ol{margin:.25rem 0 .5rem}
ul,ol{padding-left:1.4rem}
li{margin:.25rem 0}
code,pre{font:.875rem/1.45 ui-monospace,monospace;background:var(--block);border-radius:.25rem}
code{padding:.1rem .25rem}
pre{margin:.35rem 0 .75rem;padding:.5rem .75rem;white-space:pre-wrap;border:1px solid var(--line)}
table{border-collapse:collapse;width:100%;margin:.5rem 0}
th,td{text-align:left;vertical-align:top;padding:.4rem .9rem .4rem 0;border-bottom:1px solid var(--line)}
th{color:var(--dim);font-weight:600;font-size:.875rem;white-space:nowrap}
td.number{text-align:right;white-space:nowrap;padding-right:0}
summary{cursor:pointer;color:var(--dim)}
.dim{color:var(--dim);font-size:.9rem}
.word{font-weight:700;white-space:nowrap}
.good{--ink:var(--good);--tint:var(--good-tint)}.warn{--ink:var(--warn);--tint:var(--warn-tint)}.bad{--ink:var(--bad);--tint:var(--bad-tint)}.odd{--ink:var(--odd);--tint:var(--odd-tint)}
.good,.warn,.bad,.odd{color:var(--ink)}
.verdict{background:var(--tint,var(--block));border-left:.4rem solid currentColor;border-radius:.25rem;padding:.8rem 1rem .6rem}
.verdict>p{color:var(--text);margin:.15rem 0}
.verdict>.dim{color:var(--dim)}
.badge{display:inline-block;background:var(--ink,var(--dim));color:var(--page);font-size:1rem;font-weight:700;line-height:1.5;letter-spacing:.04em;padding:0 .5rem;margin-right:.35rem;border-radius:.25rem;vertical-align:.1em}
.triage{margin:1rem 0 0;display:grid;gap:.75rem 1.5rem;grid-template-columns:repeat(auto-fit,minmax(min(100%,17rem),1fr))}
.triage>div{border-top:2px solid var(--line);padding-top:.4rem;min-width:0}
dt{font-weight:700}
dd{margin:.1rem 0 0}
dd ul{padding-left:1.1rem}
.timeline{list-style:none;padding:0}
.dot{color:var(--text);border-left:.25rem solid var(--ink,var(--line));margin:0;padding:.2rem 0 .2rem .75rem}
.bar{display:block;width:100%;height:2rem;border-bottom:1px solid var(--line)}
.bar rect{fill:currentColor}
.ends{display:flex;justify-content:space-between;gap:1rem;margin:.1rem 0 .5rem}
.notice{border:1px solid currentColor;border-radius:.25rem;padding:.4rem .75rem;margin:.5rem 0}
.unseen,.skip:not(:focus){position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.skip{position:absolute;left:1rem;top:.25rem;background:var(--page);padding:.25rem .5rem;z-index:1}
footer{margin-top:2.5rem;border-top:1px solid var(--line);padding-top:.5rem}
footer a{display:inline-block;margin-right:1rem;padding:.1rem 0}
@media (max-width:40rem){
body{padding:.75rem}
h1{font-size:1.2rem}
table,tbody,tr,td{display:block}
thead{display:none}
tr{border-bottom:1px solid var(--line);padding:.4rem 0}
td{border:0;padding:.1rem 0}
td.number{text-align:left}
}
@media print{body{max-width:none;padding:0}summary,footer a,.skip{display:none}section{break-inside:auto}h2{break-after:avoid}pre,tr,.dot{break-inside:avoid}.badge,.bar,.verdict{print-color-adjust:exact}}
`;

/** SHA-256 of STYLE in Base64. */
export const STYLE_DIGEST = "c1hPVWk8UQseN3ysDut2k7lkcjp/KpmoAbkGn0dPskY=";
