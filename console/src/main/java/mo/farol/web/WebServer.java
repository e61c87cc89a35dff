package mo.farol.web;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.util.JavalinException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import mo.farol.account.Person;
import mo.farol.account.Sessions;
import mo.farol.account.Tokens;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves routes; every answer carries the same security headers, every failure is told once. */
public final class WebServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(WebServer.class);

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
  private final ExceptionHandlers failures;
  private final AccessLog requests;
  private final List<Route> routes;
  private final Javalin javalin;
  private final Optional<KeyStore> certificate;

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
    failures = new ExceptionHandlers(problems);
    requests = new AccessLog(metrics);
    this.routes = List.copyOf(routes);
    metrics.gauge("farol_web_live_pages", live, Live::listening);
    metrics.gauge("farol_web_tails", tails, Tails::following);
    this.certificate = config.tls() ? Optional.of(Certificate.open(config)) : Optional.empty();
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
    return certificate.flatMap(Certificate::ends);
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
    javalin.http.maxRequestSize = BodyLimits.MOST;
    javalin.http.generateEtags = false;
    javalin.jetty.addConnector((server, http) -> Listener.of(config, certificate, server, http));
    javalin.jetty.modifyServer(server -> server.setStopTimeout(Duration.ofSeconds(2).toMillis()));
    javalin.jetty.modifyServer(server -> server.setHandler(Presence.noting()));
    javalin.requestLogger.http(requests::tell);
    javalin.routes.before(this::before);
    for (Route route : routes) {
      javalin.routes.addHttpHandler(
          route.method(), route.path(), context -> handle(route, context));
    }
    javalin.routes.before("/live", this::mustBeIn);
    javalin.routes.addHttpHandler(HandlerType.GET, "/live", this::listen);
    failures.register(javalin);
  }

  private void before(Context context) throws IOException {
    SecurityHeaders.put(context, config.tls());
    BodyLimits.check(context);
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
    if (ExceptionHandlers.isApi(context)) {
      failures.problem(
          context, 401, "Not signed in", "Send 'Authorization: Bearer' with an API token.");
    } else if (!context.method().equals(HandlerType.GET)) {
      failures.problem(
          context, 401, "Not signed in", "The session has ended: sign in and do it again.");
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

  private static String rootOf(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }
}
