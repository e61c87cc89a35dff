package mo.farol.web;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
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

/** Tells every failure of a handler once: a person on a page, a program as a problem. */
final class ExceptionHandlers {
  // Of the name that people filter their logs by.
  private static final Logger log = LoggerFactory.getLogger(WebServer.class);
  private static final String RETRY_SECONDS = "5";

  private final WebServer.ProblemPage problems;

  ExceptionHandlers(WebServer.ProblemPage problems) {
    this.problems = problems;
  }

  void register(JavalinConfig javalin) {
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

  /** Tells one. */
  void problem(Context context, int status, String title, String detail) {
    context.res().setHeader("Content-Disposition", null); // a problem is no file
    if (isApi(context)) {
      Problem.answer(context, status, title, detail);
    } else {
      context.status(status);
      problems.show(context, status, title, detail);
    }
  }

  /** Whether a program asks. */
  static boolean isApi(Context context) {
    return context.path().startsWith("/api/");
  }

  private static String said(Exception e) {
    return String.valueOf(e.getMessage());
  }
}
