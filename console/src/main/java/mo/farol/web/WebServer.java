package mo.farol.web;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.util.JavalinException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import mo.farol.account.Person;
import mo.farol.account.Sessions;
import mo.farol.account.Tokens;
import mo.farol.flow.ReplayCut;
import mo.farol.identity.IdentityFault;
import mo.farol.incident.Conflict;
import mo.farol.indicator.IndicatorFault;
import mo.farol.rulebook.RulesFault;
import mo.farol.search.Busy;
import mo.farol.search.Cancelled;
import mo.farol.search.QueryFault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves routes; every answer carries the same security headers, every failure is told once. */
public final class WebServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(WebServer.class);
  private static final long BODY = 1L << 20;
  private static final long IMPORT_BODY = 12L << 20;
  private static final String RETRY_SECONDS = "5";
  private static final String IMPORT = "/api/v1/import";
  private static final String INDICATORS = "/api/v1/indicators";

  /** Shows a refusal to a person; the API answers with a problem instead. */
  public interface ProblemPage {
    /** Writes the page. */
    void show(Context context, int status, String title, String detail);
  }

  private final WebConfig config;
  private final Guard guard;
  private final Sessions sessions;
  private final Live live;
  private final Tails tails;
  private final Downloads downloads = new Downloads();
  private final ProblemPage problems;
  private final List<Route> routes;
  private final MeterRegistry metrics;
  private final Javalin javalin;
  private volatile Optional<Instant> certificateEnds = Optional.empty();

  public WebServer(
      WebConfig config,
      Sessions sessions,
      Tokens tokens,
      Live live,
      ProblemPage problems,
      List<Route> routes) {
    this(config, sessions, tokens, live, problems, routes, new SimpleMeterRegistry());
  }

  public WebServer(
      WebConfig config,
      Sessions sessions,
      Tokens tokens,
      Live live,
      ProblemPage problems,
      List<Route> routes,
      MeterRegistry metrics) {
    this.config = config;
    this.guard = new Guard(sessions, tokens, config.tls());
    this.sessions = sessions;
    this.live = live;
    tails = new Tails(new ResumeTokens(config.keys()));
    this.problems = problems;
    this.routes = List.copyOf(routes);
    this.metrics = metrics;
    metrics.gauge("farol_web_live_pages", live, Live::listening);
    metrics.gauge("farol_web_tails", tails, Tails::following);
    this.javalin = Javalin.create(this::configure);
  }

  /** A server of programs alone: it has no page for a problem, and answers every one as JSON. */
  public static WebServer ofApi(
      WebConfig config,
      Sessions sessions,
      Tokens tokens,
      List<Route> routes,
      MeterRegistry metrics) {
    return new WebServer(config, sessions, tokens, new Live(), Problem::answer, routes, metrics);
  }

  /** Binds; throws {@link WebFault} in one line when the port is taken. */
  public WebServer start() {
    try {
      javalin.start();
      certificateEnds = config.tls() ? Certificate.ends(config) : Optional.empty();
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

  /** When the certificate that is shown since the start ends; empty where none is. */
  public Optional<Instant> certificateEnds() {
    return certificateEnds;
  }

  /** Begins a session for somebody who has just signed in. */
  public void welcome(Context context, Person person) {
    guard.forget(context); // an id from before signing in is worth nothing afterwards
    guard.welcome(context, sessions.begin(person));
  }

  /** Ends every session of somebody, and begins a new one for the caller. */
  public void onlySession(Context context, Person person) {
    sessions.endAll(person.name());
    guard.welcome(context, sessions.begin(person));
  }

  /** Ends the caller's session. */
  public void farewell(Context context) {
    guard.farewell(context);
  }

  /** Queries that are followed now. */
  public int following() {
    return tails.following();
  }

  /** Pages that listen to the live line now. */
  public int listening() {
    return live.listening();
  }

  /** Ends the live lines, then the server, within three seconds. */
  @Override
  public void close() {
    live.close();
    tails.close();
    try {
      javalin.stop();
    } catch (JavalinException e) {
      if (!(e.getCause() instanceof TimeoutException)) {
        throw e;
      }
      log.info("requests that took longer than the end may wait were cut");
    }
  }

  private void configure(JavalinConfig javalin) {
    javalin.startup.showJavalinBanner = false;
    javalin.startup.showOldJavalinVersionWarning = false;
    javalin.concurrency.useVirtualThreads = true;
    javalin.http.maxRequestSize = IMPORT_BODY;
    javalin.http.generateEtags = false;
    javalin.jetty.addConnector((server, http) -> Listener.of(config, server, http));
    javalin.jetty.modifyServer(server -> server.setStopTimeout(Duration.ofSeconds(2).toMillis()));
    javalin.jetty.modifyServer(server -> server.setHandler(Presence.noting()));
    javalin.requestLogger.http(this::tell);
    javalin.routes.before(this::before);
    for (Route route : routes) {
      javalin.routes.addHttpHandler(
          route.method(), route.path(), context -> handle(route, context));
    }
    javalin.routes.before("/live", this::mustBeIn);
    javalin.routes.addHttpHandler(HandlerType.GET, "/live", this::listen);
    failures(javalin);
  }

  private void failures(JavalinConfig javalin) {
    javalin.routes.exception(Refused.class, (e, c) -> problem(c, e.status(), e.title(), said(e)));
    javalin.routes.exception(
        Conflict.class, (e, c) -> problem(c, 409, "It has changed meanwhile", said(e)));
    javalin.routes.exception(
        QueryFault.class,
        (e, c) ->
            problem(
                c,
                400,
                "The query can't be understood",
                "Column %d: %s".formatted(e.column(), said(e))));
    javalin.routes.exception(Busy.class, this::busy);
    javalin.routes.exception(Cancelled.class, (e, c) -> problem(c, 409, "Cancelled", said(e)));
    javalin.routes.exception(ReplayCut.class, this::cut);
    javalin.routes.exception(
        RulesFault.class, (e, c) -> problem(c, 503, "The rules did not change", said(e)));
    javalin.routes.exception(
        IdentityFault.class, (e, c) -> problem(c, 400, "Not understood", said(e)));
    javalin.routes.exception(
        IndicatorFault.class, (e, c) -> problem(c, 400, "Not understood", said(e)));
    javalin.routes.exception(
        IllegalArgumentException.class, (e, c) -> problem(c, 400, "Not understood", said(e)));
    javalin.routes.exception(Exception.class, this::broke);
    javalin.routes.error(404, "*", this::missing);
  }

  private void busy(Busy e, Context context) {
    context.header("Retry-After", RETRY_SECONDS);
    problem(context, 503, "Busy", said(e));
  }

  private void cut(ReplayCut e, Context context) {
    context.header("Retry-After", RETRY_SECONDS);
    problem(context, 503, "Not read again", said(e));
  }

  private void broke(Exception e, Context context) {
    log.error("{} {} failed", context.method(), context.path(), e);
    problem(context, 500, "Something broke", "It is written in Farol's log; try again.");
  }

  // Only for an address that no route knows: a handler that found nothing has said so already.
  private void missing(Context context) {
    boolean answered =
        String.valueOf(context.res().getContentType()).contains("problem+json")
            || String.valueOf(context.res().getContentType()).contains("html");
    if (!answered) {
      problem(context, 404, "Nothing here", "There is no such page, or you may not see it.");
    }
  }

  private void before(Context context) throws IOException {
    SecurityHeaders.put(context, config.tls());
    boolean isLarge = context.path().equals(IMPORT) || context.path().equals(INDICATORS);
    long limit = isLarge ? IMPORT_BODY : BODY;
    if (context.contentLength() > limit) {
      throw new Refused(413, "Too large", "Send at most %d bytes at once.".formatted(limit));
    }
    if (hidesItsLength(context)) {
      throw new Refused(411, "Length required", "Say with Content-Length how much you send.");
    }
    String type = String.valueOf(context.contentType());
    if (type.toLowerCase(Locale.ROOT).startsWith("multipart/")) {
      throw new Refused(415, "Not understood", "No form of Farol is sent as multipart.");
    }
  }

  // By chunks, or by HTTP/2, where a body may come without either.
  private static boolean hidesItsLength(Context context) throws IOException {
    var request = context.req();
    return request.getHeader("Transfer-Encoding") != null
        || Guard.changes(context)
            && request.getContentLengthLong() < 0
            && request.getProtocol().startsWith("HTTP/2")
            && request.getInputStream().read() >= 0;
  }

  private void handle(Route route, Context context) throws Exception {
    if (route.open()) {
      guard.admitAnybody(context);
    } else if (!guard.admit(context)) {
      turnAway(context);
      return;
    }
    var admission = guard.stillAdmits(context);
    Admission.put(context, admission);
    Caller.ifAny(context).ifPresent(caller -> tails.put(context, caller.scope(), admission));
    route.handler().handle(context);
    LiveEvent.toldBy(context).forEach(live::publish);
    if (!route.open()) {
      downloads.send(context);
    }
  }

  private void turnAway(Context context) {
    if (isApi(context)) {
      problem(context, 401, "Not signed in", "Send 'Authorization: Bearer' with an API token.");
    } else if (!context.method().equals(HandlerType.GET)) {
      problem(context, 401, "Not signed in", "The session has ended: sign in and do it again.");
    } else {
      SignInRedirect.show(context);
    }
  }

  private void mustBeIn(Context context) {
    if (!guard.admit(context)) {
      throw new Refused(401, "Not signed in", "Sign in to follow the live line.");
    }
  }

  private void listen(Context context) throws IOException {
    live.serve(context, guard.stillAdmits(context));
  }

  private void problem(Context context, int status, String title, String detail) {
    context.res().setHeader("Content-Disposition", null); // a problem is no file
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

  // The path without its query: a query may quote what stands in logs.
  private void tell(Context context, Float millis) {
    if (context.path().startsWith("/static/") || isLine(context.path())) {
      return;
    }
    metrics
        .timer("farol_web_request_seconds", "status", context.statusCode() / 100 + "xx")
        .record(Math.round(millis * 1000), TimeUnit.MICROSECONDS);
    Caller caller = context.attribute("farol.caller");
    log.atInfo()
        .addKeyValue("method", context.method())
        .addKeyValue("path", context.path())
        .addKeyValue("status", context.statusCode())
        .addKeyValue("millis", Math.round(millis))
        .addKeyValue("by", caller == null ? "-" : caller.name())
        .log("request");
  }

  // Lines that stay open: how long they were is no time that somebody waited.
  private static boolean isLine(String path) {
    return path.equals("/live") || path.endsWith("/tail");
  }

  private static String said(Exception e) {
    return String.valueOf(e.getMessage());
  }

  private static String rootOf(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }
}
