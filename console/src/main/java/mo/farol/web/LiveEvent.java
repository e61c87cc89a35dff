package mo.farol.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Something changed that an open page may want to show.
 *
 * @param kind {@code alert}, {@code incident}, {@code run}
 * @param agency whose it is; only who may see the agency hears of it
 * @param data a few words for the page; values may come from logs
 */
public record LiveEvent(String kind, String agency, Map<String, String> data) {
  private static final String ATTRIBUTE = "farol.changed";
  private static final ObjectMapper JSON = new ObjectMapper();

  public LiveEvent {
    data = Map.copyOf(data);
  }

  /** Tells the open pages of a change, once the request that made it is done. */
  public static void tell(Context context, String kind, Collection<String> agencies) {
    List<LiveEvent> told = new ArrayList<>(toldBy(context));
    agencies.stream().distinct().forEach(a -> told.add(new LiveEvent(kind, a, Map.of())));
    context.attribute(ATTRIBUTE, List.copyOf(told));
  }

  /** Its data as a JSON object. */
  String json() {
    var node = JSON.createObjectNode();
    data.forEach(node::put);
    return node.toString();
  }

  static List<LiveEvent> toldBy(Context context) {
    List<LiveEvent> told = context.attribute(ATTRIBUTE);
    return told == null ? List.of() : told;
  }
}
