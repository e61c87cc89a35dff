package mo.farol.page;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mo.farol.sigma.Figures;

/** Why a hunt found something, in the reader's language. */
public final class HuntWords {
  private static final String ABSENT = " is absent";
  private static final String PRESENT = " is there, without a value";
  private static final int MOST = 300;

  private HuntWords() {}

  /** The values of a hit, and what of it is said in words in those of the language. */
  public static String why(Words words, JsonNode hit) {
    String why = hit.path("why").asText();
    var group = hit.path("group");
    if (group.isObject()) {
      return Shown.log(counted(words, why, group), MOST);
    }
    return Shown.log(
        Stream.of(why.split("; ", -1))
            .map(part -> part.contains("=") ? part : there(words, part))
            .collect(Collectors.joining("; ")),
        MOST);
  }

  // The words end with the figures of the group, which are there as data.
  private static String counted(Words words, String why, JsonNode group) {
    long count = group.path("count").asLong();
    String figure = Figures.text(group.path("value").asDouble());
    boolean same = figure.equals(Long.toString(count));
    String end = count + " events" + (same ? "" : ", figure " + figure);
    if (!why.endsWith(end)) {
      return why;
    }
    String events =
        count == 1 ? words.get("why.events.one") : words.get("why.events", Shown.count(count));
    return why.substring(0, why.length() - end.length())
        + events
        + (same ? "" : words.get("hunts.figure", figure));
  }

  private static String there(Words words, String part) {
    if (part.endsWith(ABSENT)) {
      return part.substring(0, part.length() - ABSENT.length()) + " " + words.get("why.absent");
    }
    return part.endsWith(PRESENT)
        ? part.substring(0, part.length() - PRESENT.length()) + " " + words.get("why.present")
        : part;
  }
}
