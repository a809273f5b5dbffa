/**
 * The page's only style sheet. Its digest stands in the page's Content-Security-Policy, so that no other style, and no
 * script at all, can act in it; a test compares the two.
 */
export const STYLE = `
:root{color-scheme:light dark;--page:#fff;--text:#1b1f24;--dim:#59636e;--line:#d4dae0;--block:#f4f6f8;--good:#116329;--warn:#7d4e00;--bad:#b3151f;--odd:#0a5c6b}
@media (prefers-color-scheme:dark){:root{--page:#0f1318;--text:#e4e9ee;--dim:#9aa5b0;--line:#303841;--block:#181e25;--good:#56d178;--warn:#e3b341;--bad:#ff7b72;--odd:#56cfe1}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:68rem;padding:1rem;background:var(--page);color:var(--text);font:1rem/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
h1{font-size:1.35rem;line-height:1.3;margin:.5rem 0}
h2{font-size:1.1rem;margin:2rem 0 .5rem;border-bottom:1px solid var(--line);padding-bottom:.25rem}
h3{font-size:1rem;margin:1rem 0 .25rem}
p,ul,ol{margin:.25rem 0 .5rem}
ul,ol{padding-left:1.5rem}
li{margin:.25rem 0}
code,pre{font:.875rem/1.45 ui-monospace,monospace;background:var(--block);border-radius:.25rem}
code{padding:.1rem .25rem}
pre{margin:.25rem 0 .75rem;padding:.5rem .75rem;white-space:pre-wrap;border:1px solid var(--line)}
table{border-collapse:collapse;width:100%;margin:.5rem 0}
th,td{text-align:left;vertical-align:top;padding:.35rem .6rem .35rem 0;border-bottom:1px solid var(--line)}
th{color:var(--dim);font-weight:600;font-size:.875rem}
td.number{text-align:right;white-space:nowrap;padding-right:0}
summary{cursor:pointer;color:var(--dim)}
.dim{color:var(--dim);font-size:.9rem}
.word{font-weight:700;white-space:nowrap}
.good{color:var(--good)}.warn{color:var(--warn)}.bad{color:var(--bad)}.odd{color:var(--odd)}
.verdict{border-left:.35rem solid currentColor;padding-left:.75rem}
@media (max-width:40rem){
table,tbody,tr,td{display:block}
thead{display:none}
tr{border-bottom:1px solid var(--line);padding:.4rem 0}
td{border:0;padding:.1rem 0}
td.number{text-align:left}
}
@media print{body{max-width:none}summary{display:none}}
`;

/** SHA-256 of STYLE in Base64. */
export const STYLE_DIGEST = "SJzMUs1cOJG9DHgA9noXW5z9a00zfv0nsIS8RThF98Q=";
