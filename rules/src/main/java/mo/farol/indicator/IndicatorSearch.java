package mo.farol.indicator;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is held about one value: itself, the networks around an address, the domains above a name,
 * the host of a URL; as events are looked at, whatever the reader wrote it for.
 */
public final class IndicatorSearch {
  private static final int LONGEST = 4096;

  /**
   * One value that is held.
   *
   * @param muted why it is muted; empty where it is not
   * @param told what each source says that the reader may know of
   */
  public record Match(
      Kind kind, String value, Optional<String> muted, List<IndicatorSet.Told> told) {}

  private IndicatorSearch() {}

  /**
   * Finds what is held.
   *
   * @param written as people write it, made harmless or not
   */
  public static List<Match> of(IndicatorSet set, String written, IndicatorReader reader) {
    String value = Guess.refanged(written);
    if (value.isEmpty() || value.length() > LONGEST) {
      return List.of();
    }
    var found = new LinkedHashMap<String, Match>();
    byte[] b = value.getBytes(StandardCharsets.UTF_8);
    var look = new Look();
    for (var reading : FieldReadings.Reading.values()) {
      look.at(reading, b, 0, b.length, set, (kind, entry) -> put(found, set, kind, entry, reader));
    }
    put(found, set, value, reader);
    return List.copyOf(found.values());
  }

  // A network is in no event, so no field is read as one.
  private static void put(
      Map<String, Match> found, IndicatorSet set, String value, IndicatorReader reader) {
    int entry = set.entry(Kind.NETWORK, value);
    if (entry >= 0) {
      put(found, set, Kind.NETWORK, entry, reader);
    }
  }

  private static void put(
      Map<String, Match> found, IndicatorSet set, Kind kind, int entry, IndicatorReader reader) {
    var told = new ArrayList<>(set.told(kind, entry));
    told.removeIf(t -> !reader.mayRead(t.tlp(), t.agencies()));
    if (!told.isEmpty()) {
      String value = set.value(kind, entry);
      found.putIfAbsent(
          kind.word() + " " + value,
          new Match(kind, value, Optional.ofNullable(set.reason(kind, entry)), told));
    }
  }
}
