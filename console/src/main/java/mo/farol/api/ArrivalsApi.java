package mo.farol.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import mo.farol.event.Agency;
import mo.farol.onboard.Forwarder;
import mo.farol.onboard.Onboarding;
import mo.farol.onboard.TestRoutes;
import mo.farol.search.EventReader;
import mo.farol.search.Search;
import mo.farol.web.Caller;
import mo.farol.web.Refused;

/** {@code /agencies/{id}}: the next line that arrives, and a line to try with. */
final class ArrivalsApi {
  private static final int MOST_WAIT_SECONDS = 30;

  private final Onboarding onboarding;
  private final Search search;
  private final Function<EventReader.Recalled, ObjectNode> whole;

  /**
   * @param whole one event as the API shows it
   */
  ArrivalsApi(
      Onboarding onboarding, Search search, Function<EventReader.Recalled, ObjectNode> whole) {
    this.onboarding = onboarding;
    this.search = search;
    this.whole = whole;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get(
            "/agencies/{id}/next",
            "The next line that arrives, parsed; waits for it.",
            this::next,
            "from",
            "wait"),
        Endpoint.post(
            "/agencies/{id}/test",
            "Sends a line of it from here: as the forwarder named sends, or over HTTP with a"
                + " token.",
            this::test,
            "for"));
  }

  private void next(Context context) throws InterruptedException {
    var agency = agency(context);
    long from = number(context, "from", onboarding.arrivals().now());
    var wait = Duration.ofSeconds(Math.min(MOST_WAIT_SECONDS, number(context, "wait", 10)));
    var arrived = onboarding.arrivals().next(Caller.of(context).name(), agency.id(), from, wait);
    var answer = Answers.object();
    answer.put("from", from);
    answer.putNull("event");
    if (arrived.isPresent()) {
      search
          .event(arrived.get().id(), Caller.of(context).scope())
          .ifPresent(
              found -> {
                answer.set("event", whole.apply(found));
                answer.put("truncated", arrived.get().truncated());
                answer.put("framingGuessed", arrived.get().guessed());
                answer.put("framingPartial", arrived.get().partial());
                answer.put(
                    "skewMillis",
                    Duration.between(found.event().occurredAt(), found.event().receivedAt())
                        .toMillis());
              });
    }
    Answers.send(context, answer);
  }

  private void test(Context context) {
    var caller = Caller.of(context);
    caller.mustOperateAll();
    var agency = agency(context);
    var asked = Answers.some(context, "for");
    var routes = onboarding.testLine().routes(forwarder(asked), agency.id());
    var way = (asked.isPresent() ? routes.own() : routes.http()).orElseThrow(() -> noWay(routes));
    long from = onboarding.arrivals().now();
    onboarding.testLine().send(way, agency.id(), caller.name());
    Answers.send(
        context,
        Answers.object()
            .put("from", from)
            .put("over", way.words())
            .put("proof", way.proof().name().toLowerCase(Locale.ROOT))
            .put("certificate", way.certificate().orElse(null)));
  }

  private static Forwarder forwarder(Optional<String> word) {
    return word.map(w -> Forwarder.named(w).orElseThrow(() -> Answers.missing("forwarder")))
        .orElse(Forwarder.CURL);
  }

  private static Refused noWay(TestRoutes routes) {
    return new Refused(
        409,
        "Can't be sent from here",
        switch (routes.lack()) {
          case KEY ->
              "No certificate that stands has its private key in the home any more: send a line"
                  + " from the agency's forwarder, or without 'for', over HTTP with a token.";
          case PORT -> "The agency has no port of its own for this: see intake.pinned.";
          case LISTENER, NOTHING -> "The listener is off: give it a port and restart the centre.";
        });
  }

  private Agency agency(Context context) {
    return AskedAgency.of(context, onboarding.agencies());
  }

  private static long number(Context context, String name, long otherwise) {
    return Answers.some(context, name)
        .filter(t -> t.matches("\\d{1,18}"))
        .map(Long::parseLong)
        .orElse(otherwise);
  }
}
