package mo.farol.report;

/** How a report looks, on a screen and on paper. */
final class ReportStyle {
  static final String CSS =
      """
      body{font:14px/1.45 system-ui,"Noto Sans",sans-serif;color:#16202a;background:#fff;margin:0 auto;padding:24px 32px;max-width:60rem}
      h1{font-size:22px;margin:8px 0 2px}h2{font-size:15px;margin:28px 0 6px;padding-bottom:3px;border-bottom:1px solid #c9d1d9}
      table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}th,td{text-align:left;vertical-align:top;padding:4px 10px 4px 0;border-bottom:1px solid #e4e8ec}
      th{font-weight:600;color:#57636f;white-space:nowrap}code,pre,.mono{font:12px/1.4 ui-monospace,"Noto Sans Mono",monospace}pre{white-space:pre-wrap;overflow-wrap:anywhere;margin:2px 0}
      .tlp{display:inline-block;background:#000;color:#ffc000;font-weight:700;padding:1px 8px}.tlp.RED{color:#ff2b2b}.tlp.GREEN{color:#33ff00}.tlp.CLEAR{color:#fff}
      .exercise{background:#5b2a86;color:#fff;font-weight:700;text-align:center;padding:6px;letter-spacing:.1em}.quiet{color:#57636f}
      ul{margin:4px 0;padding-left:20px}footer{margin-top:32px;border-top:1px solid #c9d1d9;padding-top:8px;font-size:12px;color:#57636f}
      @media print{body{padding:0;max-width:none}h2{break-after:avoid}tr{break-inside:avoid}}
      """;

  private ReportStyle() {}
}
