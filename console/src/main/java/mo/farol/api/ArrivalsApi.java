package mo.farol.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import mo.farol.event.Agency;
import mo.farol.onboard.Onboarding;
import mo.farol.search.EventReader;
import mo.farol.search.Search;
import mo.farol.web.Caller;

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
            "/agencies/{id}/test", "Sends a line of it through the HTTP input.", this::test));
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

  private void test(Context context) throws InterruptedException {
    var caller = Caller.of(context);
    caller.mustOperateAll();
    var agency = agency(context);
    long from = onboarding.arrivals().now();
    onboarding.testLine().send(agency.id(), caller.name());
    Answers.send(context, Answers.object().put("from", from));
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
