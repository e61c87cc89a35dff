package mo.farol.web;

import io.javalin.http.Context;

/** What every answer carries: nothing runs, loads or frames but what we serve ourselves. */
final class SecurityHeaders {
  private static final String CONTENT =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

  private SecurityHeaders() {}

  static void put(Context context, boolean tls) {
    context.header("Content-Security-Policy", CONTENT);
    context.header("X-Content-Type-Options", "nosniff");
    context.header("Referrer-Policy", "no-referrer");
    context.header("Cross-Origin-Opener-Policy", "same-origin");
    context.header("Cross-Origin-Resource-Policy", "same-origin");
    context.header("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()");
    context.header("Cache-Control", "no-store");
    if (tls) {
      context.header("Strict-Transport-Security", "max-age=31536000");
    }
  }
}
