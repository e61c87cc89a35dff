package mo.farol.web;

import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
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
  private static final Duration STALE = Duration.ofSeconds(30);
  private final Sessions sessions;
  private final Tokens tokens;
  private final boolean tls;

  Guard(Sessions sessions, Tokens tokens, boolean tls) {
    this.sessions = sessions;
    this.tokens = tokens;
    this.tls = tls;
  }

  /** Puts the caller on the request, or says that there is none; their changes must be theirs. */
  boolean admit(Context context) {
    var caller = recognise(context);
    caller.filter(c -> !c.byToken() && changes(context)).ifPresent(c -> demandOwnPage(context, c));
    return caller.isPresent();
  }

  /**
   * For what anybody may do: no session is needed, but another site's page may not do it either.
   */
  void admitAnybody(Context context) {
    recognise(context);
    if (changes(context) && !isOwnPage(context)) {
      throw notOurs();
    }
  }

  /**
   * Asks, without a request and without counting as use, whether a caller would still be let in.
   * Where nobody can say, what was so before counts for half a minute.
   */
  BooleanSupplier stillAdmits(Context context) {
    return new StaleIfError(admission(context), STALE);
  }

  private BooleanSupplier admission(Context context) {
    var token = bearer(context);
    if (token.isPresent()) {
      return () -> tokens.person(token.get()).isPresent();
    }
    var id = Optional.ofNullable(context.cookie(name()));
    return () -> id.filter(sessions::isAlive).isPresent();
  }

  /** Begins a session in the browser. */
  void welcome(Context context, Sessions.Session session) {
    context.cookie(cookie(session.id(), -1));
  }

  /** Ends the session of the browser. */
  void farewell(Context context) {
    forget(context);
    context.cookie(cookie("", 0));
  }

  /** Ends the session that the browser brought, if any. */
  void forget(Context context) {
    Optional.ofNullable(context.cookie(name())).ifPresent(sessions::end);
  }

  private Optional<Caller> recognise(Context context) {
    var caller = caller(context);
    caller.ifPresent(c -> c.put(context));
    return caller;
  }

  private Optional<Caller> caller(Context context) {
    var token = bearer(context);
    if (token.isPresent()) {
      return tokens.person(token.get()).map(p -> new Caller(p, "", true));
    }
    return Optional.ofNullable(context.cookie(name()))
        .flatMap(sessions::find)
        .map(s -> new Caller(s.person(), s.csrf(), false));
  }

  private static Optional<String> bearer(Context context) {
    return Optional.ofNullable(context.header("Authorization"))
        .filter(h -> h.regionMatches(true, 0, BEARER, 0, BEARER.length()))
        .map(h -> h.substring(BEARER.length()).strip());
  }

  /** Whether a request is to change something. */
  static boolean changes(Context context) {
    return switch (context.method().toString()) {
      case "GET", "HEAD", "OPTIONS" -> false;
      default -> true;
    };
  }

  private static void demandOwnPage(Context context, Caller caller) {
    String sent =
        Optional.ofNullable(context.header("X-CSRF"))
            .or(() -> Optional.ofNullable(context.formParam("csrf")))
            .orElse("");
    if (!isOwnPage(context) || !isSame(sent, caller.csrf())) {
      throw notOurs();
    }
  }

  private static Refused notOurs() {
    return new Refused(
        403, "Not from our own page", "Open the page again and send the form from there.");
  }

  /** Whether a page of ours sends this, as far as the browser says: Fetch Metadata, else Origin. */
  private static boolean isOwnPage(Context context) {
    String site = context.header("Sec-Fetch-Site");
    if (site != null) {
      return site.equals("same-origin") || site.equals("none");
    }
    String origin = context.header("Origin");
    return origin == null || origin.equals(context.scheme() + "://" + context.host());
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
