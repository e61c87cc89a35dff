package mo.farol.page;

import io.javalin.http.Context;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.Locale;
import mo.farol.silence.SourceHealth;

/**
 * Which sources a reader wants to see and in which order; all of it stands in the address.
 *
 * @param agency the agency's id; empty for all
 * @param text part of the host's name; empty for any
 * @param state {@code silent}, {@code trouble} or, for all, empty
 * @param sort the column that comes first; silent ones and other troubles first where it is none
 */
public record SourceFilter(String agency, String text, String state, String sort) {
  private static final Duration CLOCK_OFF = Duration.ofMinutes(1);
  private static final Comparator<SourceHealth> BY_NAME =
      Comparator.comparing((SourceHealth s) -> s.source().agency())
          .thenComparing(s -> s.source().host());

  static SourceFilter of(Context context) {
    return new SourceFilter(
        Asked.text(context, "agency").strip(),
        Asked.text(context, "text").strip(),
        Asked.text(context, "state"),
        Asked.text(context, "sort"));
  }

  /** Whether a source's clock is so far off that its times mislead. */
  public static boolean isClockOff(SourceHealth source) {
    return source.skew().abs().compareTo(CLOCK_OFF) > 0;
  }

  /** Whether nothing is left out. */
  public boolean isAll() {
    return agency.isEmpty() && text.isEmpty() && state.isEmpty();
  }

  boolean takes(SourceHealth source) {
    return (agency.isEmpty() || source.source().agency().equals(agency))
        && source.source().host().toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT))
        && switch (state) {
          case "silent" -> source.silent();
          case "trouble" ->
              source.silent()
                  || !source.troubles().isEmpty()
                  || source.rejected() > 0
                  || source.missing() > 0
                  || isClockOff(source);
          default -> true;
        };
  }

  Comparator<SourceHealth> order() {
    Comparator<SourceHealth> first =
        switch (sort) {
          case "agency" -> BY_NAME;
          case "host" -> Comparator.comparing(s -> s.source().host());
          case "last" -> Comparator.comparing(SourceHealth::lastAt).reversed();
          case "ago" -> Comparator.comparing(SourceHealth::lastAt);
          case "rate" -> Comparator.comparingDouble(SourceHealth::perMinute).reversed();
          case "events" -> Comparator.comparingLong(SourceHealth::events).reversed();
          case "rejected" -> Comparator.comparingLong(SourceHealth::rejected).reversed();
          case "repeated" -> Comparator.comparingLong(SourceHealth::repeated).reversed();
          case "missing" -> Comparator.comparingLong(SourceHealth::missing).reversed();
          case "dropped" -> Comparator.comparingLong(SourceHealth::agencyDropped).reversed();
          case "skew" -> Comparator.comparing((SourceHealth s) -> s.skew().abs()).reversed();
          default ->
              Comparator.comparing(SourceHealth::silent)
                  .thenComparing(s -> !s.troubles().isEmpty())
                  .reversed();
        };
    return first.thenComparing(BY_NAME);
  }

  /** The address of the same sources of another state. */
  public String inState(String other) {
    return at(other, sort);
  }

  /** The address of the same sources, another column first. */
  public String sorted(String column) {
    return at(state, column);
  }

  private String at(String state, String sort) {
    return "/sources?agency=%s&text=%s&state=%s&sort=%s"
        .formatted(encoded(agency), encoded(text), encoded(state), encoded(sort));
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
