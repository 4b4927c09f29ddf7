"""Texts that try to become markup, script, or a broken page."""

from __future__ import annotations

ATTACK = "document.documentElement.dataset.hacked='yes'"

HOSTILE = f"""NGHỊ QUYẾT
Về <script>{ATTACK}</script><img src=x onerror="{ATTACK}">
Số: 1/2024/NQ-HĐND"><svg onload={ATTACK}>
</script><script>{ATTACK}</script>
<!--<script>{ATTACK}//--></title></style></textarea><script>{ATTACK}</script>
Căn cứ Luật "Đầu tư" số 39/2019/QH14' onmouseover='{ATTACK}';
QUYẾT NGHỊ:
Điều 1. <b>Chỉ tiêu</b> &amp; &lt;script&gt; {{{{constructor}}}} ${{{ATTACK}}}
1. GRDP tăng 8,5-9,0% <a href="javascript:{ATTACK}">x</a>; tạo việc làm cho 34.500 lao động.
a) Giao Sở <iframe srcdoc="<script>parent.{ATTACK}</script>"></iframe> A chủ trì trước ngày 30 tháng 2 năm 2024.
\u2028\u2029\u202eđảo\u202c \x0b\x0c \x01\x7f\x85\x9f \ufeff \uffff \U0001f600 e\u0302\u0301
<meta http-equiv=refresh content="0;url=javascript:{ATTACK}"><base href="//evil.invalid/"><link
rel=stylesheet href=//evil.invalid>
|<td onclick={ATTACK}>| <!-- ]]> <![CDATA[ ?> |
Điều 2. Nghị quyết này có hiệu lực từ ngày 01/01/2025./.
"""
