package mo.farol.page;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.javalin.http.Context;

/** Renders a template whole before anything is sent, so that a failure never leaves half a page. */
final class Templates {
  private static final TemplateEngine ENGINE = TemplateEngine.createPrecompiled(ContentType.Html);

  private Templates() {}

  static void show(Context context, String template, Object view) {
    context.html(render(template, view));
  }

  /** The text of a page, or of a part of one. Any thread. */
  static String render(String template, Object view) {
    var out = new StringOutput(16_384);
    ENGINE.render(template + ".jte", view, out);
    return out.toString();
  }
}
