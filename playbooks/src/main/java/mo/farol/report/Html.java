package mo.farol.report;

import mo.farol.event.Printable;

/** The one way text gets into a report's HTML. */
final class Html {
  private final StringBuilder out = new StringBuilder(32_768);

  /** Markup of our own; never a value. */
  Html markup(String markup) {
    out.append(markup);
    return this;
  }

  /** A value: escaped, control and direction-changing characters shown as codes. */
  Html text(String value) {
    value.codePoints().forEach(this::character);
    return this;
  }

  @Override
  public String toString() {
    return out.toString();
  }

  private void character(int c) {
    switch (c) {
      case '&' -> out.append("&amp;");
      case '<' -> out.append("&lt;");
      case '>' -> out.append("&gt;");
      case '"' -> out.append("&quot;");
      case '\'' -> out.append("&#39;");
      default -> Printable.append(c, out);
    }
  }
}
