package mo.farol.web;

import io.javalin.http.Context;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The log of requests, and how long they took. */
final class AccessLog {
  // Of the name that people filter their logs by.
  private static final Logger log = LoggerFactory.getLogger(WebServer.class);

  private final MeterRegistry metrics;

  AccessLog(MeterRegistry metrics) {
    this.metrics = metrics;
  }

  /** Tells a request by its path without its query: a query may quote what stands in logs. */
  void tell(Context context, Float millis) {
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
}
