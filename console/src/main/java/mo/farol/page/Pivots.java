package mo.farol.page;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import mo.farol.event.Event;
import mo.farol.search.Splitting;

/** Searches for what shares a host, a user or an address with an event, some minutes around it. */
public final class Pivots {
  /** Minutes before and after. */
  private static final List<Integer> MINUTES = List.of(1, 5, 15, 60);

  private static final List<String> FIELDS =
      List.of("host.name", "user.name", "source.ip", "destination.ip");

  /** Bytes of a value: a longer one makes no address that a browser opens. */
  private static final int LONGEST = 1_000;

  private static final int MOST_VALUES = 10;

  /**
   * What an event may share with others.
   *
   * @param windows addresses of the searches, the shortest time first
   */
  public record Pivot(String field, String value, List<Window> windows) {}

  /** So many minutes on both sides. */
  public record Window(int minutes, String link) {}

  private Pivots() {}

  /** One for each field that the event has. */
  static List<Pivot> of(Event event) {
    var pivots = new ArrayList<Pivot>();
    for (String field : FIELDS) {
      String value =
          field.equals("host.name")
              ? event.source().host()
              : event.fields().getOrDefault(field, "");
      if (!value.isBlank() && value.getBytes(StandardCharsets.UTF_8).length <= LONGEST) {
        pivots.add(new Pivot(field, value, windows(event, clause(field, value))));
      }
    }
    return pivots;
  }

  private static List<Window> windows(Event event, String query) {
    return MINUTES.stream()
        .map(
            minutes -> {
              var reach = Duration.ofMinutes(minutes);
              var from = event.occurredAt().minus(reach);
              var to = event.occurredAt().plus(reach);
              var question = new SearchPage.Question(query, "", from, to, true);
              return new Window(minutes, question.at("/search", Map.of()));
            })
        .toList();
  }

  // Several values of one field stand in an event as one text: each is searched for, as is the text
  // should it be a single value after all.
  private static String clause(String field, String value) {
    var parts = List.of(value.split(", ", -1));
    if (parts.size() < 2 || parts.size() > MOST_VALUES) {
      return Splitting.clause(field, value);
    }
    return parts.stream()
        .filter(part -> !part.isBlank())
        .map(part -> Splitting.clause(field, part))
        .collect(Collectors.joining(" OR ", Splitting.clause(field, value) + " OR ", ""));
  }
}
