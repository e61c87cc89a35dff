package mo.farol.search;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import mo.farol.event.Scope;
import mo.farol.store.Deadline;
import mo.farol.store.EventIndex;
import mo.farol.store.Found;
import org.jspecify.annotations.Nullable;

/**
 * Field names: short ones people type, and the nearest known one to a slip of the finger. A name is
 * known when ECS has it or an event in the asker's scope does.
 *
 * <p>A short name of an ECS field stands also for the field of that very name, where a sender has
 * one: {@code action} for {@code event.action} and for {@code action}. One of what the index itself
 * says, such as {@code exercise}, stands for that alone: no sender's value may pass for it, or hide
 * an event from whoever leaves exercises out. Belongs to one reading of a query.
 */
final class Names {
  private static final Map<String, String> ALIASES =
      Map.ofEntries(
          Map.entry("action", "event.action"),
          Map.entry("app", "log.syslog.appname"),
          Map.entry("dst", "destination.ip"),
          Map.entry("dst_ip", "destination.ip"),
          Map.entry("dst_port", "destination.port"),
          Map.entry("exercise", "farol.exercise"),
          Map.entry("host", "host.name"),
          Map.entry("hostname", "host.name"),
          Map.entry("input", "farol.input"),
          Map.entry("lane", "farol.lane"),
          Map.entry("level", "severity"),
          Map.entry("msg", "message"),
          Map.entry("outcome", "event.outcome"),
          Map.entry("process", "process.name"),
          Map.entry("program", "log.syslog.appname"),
          Map.entry("rejected", "farol.rejected"),
          Map.entry("src", "source.ip"),
          Map.entry("src_ip", "source.ip"),
          Map.entry("src_port", "source.port"),
          Map.entry("time", "@timestamp"),
          Map.entry("user", "user.name"),
          Map.entry("username", "user.name"));

  private static final Set<String> ECS = ecs();

  // Unknown names of one query that others are looked for: there may be 65,536 to compare with.
  private static final int HELPED = 8;

  // Hosts that senders do not name have one all the same, and texts are searched by word.
  private static final Set<String> OF_EVERY_EVENT = Set.of("host.name", "message");

  private final EventIndex index;
  private final Scope scope;
  private final long fromMicros;
  private final long toMicros;
  private final boolean toCome;
  private final Supplier<Deadline> time;
  private @Nullable Deadline deadline;
  private Found.@Nullable Names nearby;
  private Found.@Nullable Names everywhere;
  private @Nullable Set<String> known;
  private int asked;

  /**
   * @param fromMicros first time of the events asked about, inclusive
   * @param toMicros last, exclusive
   * @param toCome whether it is also about events to come, which may have fields that none has yet
   * @param time to look for names in, asked for once where that is needed; a name that was not
   *     found in it may be known
   */
  Names(
      EventIndex index,
      Scope scope,
      long fromMicros,
      long toMicros,
      boolean toCome,
      Supplier<Deadline> time) {
    this.index = index;
    this.scope = scope;
    this.fromMicros = fromMicros;
    this.toMicros = toMicros;
    this.toCome = toCome;
    this.time = time;
  }

  /** The full name of a short one; any other as it is. */
  static String canonical(String name) {
    return ALIASES.getOrDefault(name, name);
  }

  /** Whether a name is a short one, so that a field of that very name needs a backslash. */
  static boolean isShort(String name) {
    return ALIASES.containsKey(name);
  }

  /** The fields that a name in a condition stands for. */
  List<String> fields(String name) {
    String full = canonical(name);
    boolean both = !full.equals(name) && !index.ownFields().contains(full) && mayHave(name);
    return both ? List.of(full, name) : List.of(full);
  }

  /** The one field that a name stands for where values are shown or counted. */
  String field(String name) {
    String full = canonical(name);
    boolean isMoot =
        full.equals(name) || index.ownFields().contains(full) || OF_EVERY_EVENT.contains(full);
    return isMoot || has(full) || !has(name) ? full : name;
  }

  private boolean has(String name) {
    return nearby().names().contains(name);
  }

  private boolean mayHave(String name) {
    return toCome || has(name) || !nearby().exact();
  }

  /** The known name that was probably meant; empty where the name is known or nothing is near. */
  Optional<String> meant(String name) {
    if (index.ownFields().contains(name) || ECS.contains(name) || isInUse(name)) {
      return Optional.empty();
    }
    if (asked++ >= HELPED) {
      return Optional.empty();
    }
    int reach = name.length() < 5 ? 1 : 2;
    return known().stream()
        .filter(other -> distance(name, other, reach) <= reach)
        .min(Comparator.comparingInt(other -> distance(name, other, reach)))
        .map(Names::canonical);
  }

  private Set<String> known() {
    var names = known;
    if (names == null) {
      names = new TreeSet<>(ECS);
      names.addAll(everywhere().names());
      names.addAll(index.ownFields());
      names.addAll(ALIASES.keySet());
      known = names;
    }
    return names;
  }

  // Of what could not be looked at, nobody can say that it has no such field.
  private boolean isInUse(String name) {
    return nearby().names().contains(name)
        || everywhere().names().contains(name)
        || !everywhere().exact();
  }

  private Found.Names nearby() {
    var names = nearby;
    if (names == null) {
      names = index.fieldNames("", scope, fromMicros, toMicros, deadline());
      nearby = names;
    }
    return names;
  }

  private Found.Names everywhere() {
    var names = everywhere;
    if (names == null) {
      names = index.fieldNames("", scope, Long.MIN_VALUE, Long.MAX_VALUE, deadline());
      everywhere = names;
    }
    return names;
  }

  private Deadline deadline() {
    var when = deadline;
    if (when == null) {
      when = time.get();
      deadline = when;
    }
    return when;
  }

  /**
   * Edits between two names, a swap of neighbours being one; more than {@code most} is not told.
   */
  static int distance(String a, String b, int most) {
    if (isSameBut(a, b)) {
      return a.equals(b) ? 0 : 1;
    }
    if (Math.abs(a.length() - b.length()) > most) {
      return most + 1;
    }
    int[] twoAgo = new int[b.length() + 1];
    int[] before = new int[b.length() + 1];
    int[] now = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      before[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      now[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int swap = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        now[j] = Math.min(before[j - 1] + swap, Math.min(before[j], now[j - 1]) + 1);
        if (i > 1 && j > 1 && isSwap(a, i, b, j)) {
          now[j] = Math.min(now[j], twoAgo[j - 2] + 1);
        }
      }
      int[] free = twoAgo;
      twoAgo = before;
      before = now;
      now = free;
    }
    return before[b.length()];
  }

  private static boolean isSwap(String a, int i, String b, int j) {
    return a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
  }

  // The same but for case and for the characters that join words.
  private static boolean isSameBut(String a, String b) {
    int i = 0;
    int j = 0;
    while (true) {
      i = skip(a, i);
      j = skip(b, j);
      if (i == a.length() || j == b.length()) {
        return i == a.length() && j == b.length();
      }
      if (Character.toLowerCase(a.charAt(i++)) != Character.toLowerCase(b.charAt(j++))) {
        return false;
      }
    }
  }

  private static int skip(String text, int from) {
    int at = from;
    while (at < text.length() && "._-".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return at;
  }

  private static Set<String> ecs() {
    try (InputStream file = Names.class.getResourceAsStream("ecs-fields.txt")) {
      String text = new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
      return text.lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .collect(Collectors.toUnmodifiableSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
