package mo.farol.web;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** The way to the sign-in page and back, for somebody who asks for a page without being in. */
final class SignInRedirect {
  private SignInRedirect() {}

  static void show(Context context) {
    if (context.header("HX-Request") != null) {
      // A part of a page: the whole page goes, or the part would hold the sign-in form.
      context.header("HX-Redirect", signIn("/")).status(HttpStatus.UNAUTHORIZED);
    } else if ("cross-site".equals(context.header("Sec-Fetch-Site"))) {
      // A link from a mail or a chat: the browser keeps the strict cookie back for this one step.
      context.html(onceMore());
    } else {
      String query = context.queryString() == null ? "" : "?" + context.queryString();
      context.redirect(signIn(context.path() + query), HttpStatus.FOUND);
    }
  }

  private static String signIn(String next) {
    return "/sign-in?next=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
  }

  private static String onceMore() {
    return "<!doctype html><meta http-equiv=\"refresh\" content=\"0\"><title>Farol</title>";
  }
}
