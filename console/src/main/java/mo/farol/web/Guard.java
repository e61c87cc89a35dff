package mo.farol.web;

import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import mo.farol.account.Sessions;
import mo.farol.account.Tokens;

/**
 * Lets in who shows a session cookie or a bearer token. A cookie's changes must carry the session's
 * CSRF word and come from our own pages; a bearer token carries its own proof.
 */
final class Guard {
  private static final String PLAIN_COOKIE = "farol";
  private static final String SECURE_COOKIE = "__Host-farol";
  private static final String BEARER = "Bearer ";
  private final Sessions sessions;
  private final Tokens tokens;
  private final boolean tls;

  Guard(Sessions sessions, Tokens tokens, boolean tls) {
    this.sessions = sessions;
    this.tokens = tokens;
    this.tls = tls;
  }

  /** Puts the caller on the request, or says that there is none. */
  boolean admit(Context context) {
    var caller = caller(context);
    caller.ifPresent(c -> c.put(context));
    caller.filter(c -> !c.byToken() && changes(context)).ifPresent(c -> demandOwnPage(context, c));
    return caller.isPresent();
  }

  /** Begins a session in the browser. */
  void welcome(Context context, Sessions.Session session) {
    context.cookie(cookie(session.id(), -1));
  }

  /** Ends the session of the browser. */
  void farewell(Context context) {
    Optional.ofNullable(context.cookie(name())).ifPresent(sessions::end);
    context.cookie(cookie("", 0));
  }

  private Optional<Caller> caller(Context context) {
    String header = Optional.ofNullable(context.header("Authorization")).orElse("");
    if (header.startsWith(BEARER)) {
      return tokens
          .person(header.substring(BEARER.length()).strip())
          .map(p -> new Caller(p, "", true));
    }
    return Optional.ofNullable(context.cookie(name()))
        .flatMap(sessions::find)
        .map(s -> new Caller(s.person(), s.csrf(), false));
  }

  private static boolean changes(Context context) {
    return switch (context.method().toString()) {
      case "GET", "HEAD", "OPTIONS" -> false;
      default -> true;
    };
  }

  private static void demandOwnPage(Context context, Caller caller) {
    String site = Optional.ofNullable(context.header("Sec-Fetch-Site")).orElse("same-origin");
    String sent =
        Optional.ofNullable(context.header("X-CSRF"))
            .or(() -> Optional.ofNullable(context.formParam("csrf")))
            .orElse("");
    boolean own = site.equals("same-origin") || site.equals("none");
    if (!own || !isSame(sent, caller.csrf())) {
      throw new Refused(
          403, "Not from our own page", "Open the page again and send the form from there.");
    }
  }

  private static boolean isSame(String a, String b) {
    return MessageDigest.isEqual(
        a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
  }

  private String name() {
    return tls ? SECURE_COOKIE : PLAIN_COOKIE;
  }

  private Cookie cookie(String value, int maxAgeSeconds) {
    var cookie = new Cookie(name(), value, "/", maxAgeSeconds, tls, true, null, SameSite.STRICT);
    return cookie;
  }
}
