package mo.farol.web;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import mo.farol.account.Person;
import mo.farol.account.Sessions;
import mo.farol.account.Tokens;
import mo.farol.incident.Conflict;
import mo.farol.search.QueryFault;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves routes; every answer carries the same security headers, every failure is told once. */
public final class WebServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(WebServer.class);
  private static final long BODY = 12L << 20;
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src"
          + " 'self'; font-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

  /** Shows a refusal to a person; the API answers with a problem instead. */
  public interface ProblemPage {
    /** Writes the page. */
    void show(Context context, int status, String title, String detail);
  }

  private final WebConfig config;
  private final Guard guard;
  private final Sessions sessions;
  private final Live live;
  private final ProblemPage problems;
  private final List<Route> routes;
  private final Set<String> open;
  private final Javalin javalin;

  public WebServer(
      WebConfig config,
      Sessions sessions,
      Tokens tokens,
      Live live,
      ProblemPage problems,
      List<Route> routes) {
    this.config = config;
    this.guard = new Guard(sessions, tokens, config.tls());
    this.sessions = sessions;
    this.live = live;
    this.problems = problems;
    this.routes = routes;
    this.open =
        routes.stream()
            .filter(Route::open)
            .map(r -> r.method() + " " + r.path())
            .collect(Collectors.toUnmodifiableSet());
    this.javalin = Javalin.create(this::configure);
  }

  /** Binds; throws {@link WebFault} in one line when the port is taken. */
  public WebServer start() {
    try {
      javalin.start();
      return this;
    } catch (RuntimeException e) {
      throw new WebFault(
          "console.port: cannot listen on %s:%d (%s); choose another port or end what uses it"
              .formatted(config.bind(), config.port(), rootOf(e)),
          e);
    }
  }

  /** The port that was bound. */
  public int port() {
    return javalin.port();
  }

  /** Begins a session for somebody who has just signed in. */
  public void welcome(Context context, Person person) {
    guard.welcome(context, sessions.begin(person));
  }

  /** Ends the caller's session. */
  public void farewell(Context context) {
    guard.farewell(context);
  }

  @Override
  public void close() {
    live.close();
    javalin.stop();
  }

  private void configure(JavalinConfig javalin) {
    javalin.startup.showJavalinBanner = false;
    javalin.startup.showOldJavalinVersionWarning = false;
    javalin.concurrency.useVirtualThreads = true;
    javalin.http.maxRequestSize = BODY;
    javalin.http.generateEtags = false;
    javalin.jetty.addConnector(this::connector);
    javalin.jetty.modifyServer(server -> server.setStopTimeout(Duration.ofSeconds(2).toMillis()));
    javalin.requestLogger.http(WebServer::tell);
    javalin.routes.before(this::before);
    for (Route route : routes) {
      javalin.routes.addHttpHandler(
          route.method(), route.path(), context -> handle(route, context));
    }
    javalin.routes.sse(
        "/live",
        client -> {
          if (guard.admit(client.ctx())) {
            live.serve(client);
          }
        });
    failures(javalin);
  }

  private void failures(JavalinConfig javalin) {
    javalin.routes.exception(
        Refused.class, (e, c) -> problem(c, e.status(), e.title(), String.valueOf(e.getMessage())));
    javalin.routes.exception(
        Conflict.class,
        (e, c) -> problem(c, 409, "It has changed meanwhile", String.valueOf(e.getMessage())));
    javalin.routes.exception(
        QueryFault.class,
        (e, c) ->
            problem(
                c,
                400,
                "The query can't be understood",
                "Column %d: %s".formatted(e.column(), e.getMessage())));
    javalin.routes.exception(
        IllegalArgumentException.class,
        (e, c) -> problem(c, 400, "Not understood", String.valueOf(e.getMessage())));
    javalin.routes.exception(
        Exception.class,
        (e, c) -> {
          log.error("{} {} failed", c.method(), c.path(), e);
          problem(c, 500, "Something broke", "It is written in Farol's log; try again.");
        });
    javalin.routes.error(404, "*", this::missing);
  }

  private void missing(Context context) {
    if (context.result() == null
        || context.result().isEmpty()
        || "Not Found".equals(context.result())
        || String.valueOf(context.result()).startsWith("Endpoint ")) {
      problem(context, 404, "Nothing here", "There is no such page, or you may not see it.");
    }
  }

  private ServerConnector connector(Server server, HttpConfiguration http) {
    http.setSendServerVersion(false);
    ServerConnector connector;
    if (config.tls()) {
      http.addCustomizer(new SecureRequestCustomizer(false));
      var ssl = new SslContextFactory.Server();
      ssl.setKeyStore(Certificate.open(config));
      ssl.setKeyStorePassword(keyPassword());
      ssl.setIncludeProtocols("TLSv1.3", "TLSv1.2");
      connector = new ServerConnector(server, ssl, new HttpConnectionFactory(http));
    } else {
      connector = new ServerConnector(server, new HttpConnectionFactory(http));
    }
    connector.setHost(config.bind());
    connector.setPort(config.port());
    return connector;
  }

  private String keyPassword() {
    try {
      return Certificate.password(config);
    } catch (java.io.IOException e) {
      throw new WebFault("cannot read the key of the console's certificate in " + config.keys(), e);
    }
  }

  private void before(Context context) {
    context.header("Content-Security-Policy", POLICY);
    context.header("X-Content-Type-Options", "nosniff");
    context.header("Referrer-Policy", "no-referrer");
    context.header("Cross-Origin-Opener-Policy", "same-origin");
    context.header("Cross-Origin-Resource-Policy", "same-origin");
    context.header("Cache-Control", "no-store");
    if (config.tls()) {
      context.header("Strict-Transport-Security", "max-age=31536000");
    }
  }

  private void handle(Route route, Context context) throws Exception {
    boolean admitted = guard.admit(context);
    if (!admitted && !open.contains(route.method() + " " + route.path())) {
      turnAway(context);
      return;
    }
    route.handler().handle(context);
  }

  private void turnAway(Context context) {
    if (isApi(context) || !context.method().toString().equals("GET")) {
      Problem.answer(
          context,
          401,
          "Not signed in",
          "Send 'Authorization: Bearer' with a token of 'farol token', or sign in.");
      return;
    }
    String query = context.queryString() == null ? "" : "?" + context.queryString();
    context.redirect(
        "/sign-in?next="
            + java.net.URLEncoder.encode(
                context.path() + query, java.nio.charset.StandardCharsets.UTF_8),
        HttpStatus.FOUND);
  }

  private void problem(Context context, int status, String title, String detail) {
    if (isApi(context)) {
      Problem.answer(context, status, title, detail);
    } else {
      context.status(status);
      problems.show(context, status, title, detail);
    }
  }

  private static boolean isApi(Context context) {
    return context.path().startsWith("/api/");
  }

  private static void tell(Context context, Float millis) {
    if (context.path().startsWith("/static/")) {
      return;
    }
    Caller caller = context.attribute("farol.caller");
    log.atInfo()
        .addKeyValue("method", context.method())
        .addKeyValue("path", context.path())
        .addKeyValue("status", context.statusCode())
        .addKeyValue("millis", Math.round(millis))
        .addKeyValue("by", caller == null ? "-" : caller.name())
        .log("request");
  }

  private static String rootOf(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }
}
