package mo.farol.indicator;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What mutes an indicator: networks that belong to nobody, resolvers that everybody asks, and lists
 * the operator gives. Never changes once it is in use.
 */
public final class WarningLists {
  private static final int LONGEST_PATTERN = 1000;

  private record Found(WarningList list, Pattern pattern) {}

  private final ByteTable networkTable = new ByteTable(new KeyedHash());
  private final List<List<WarningList>> networkLists = new ArrayList<>();
  private final Map<String, List<WarningList>> whole = new HashMap<>();
  private final Map<String, List<WarningList>> hosts = new HashMap<>();
  private final Map<WarningList, List<String>> parts = new HashMap<>();
  private final List<Found> patterns = new ArrayList<>();
  private final List<String> refused = new ArrayList<>();
  private final NetworkTree tree;

  WarningLists(List<WarningList> lists) {
    lists.forEach(this::take);
    networkTable.trim();
    tree = new NetworkTree(networkTable);
  }

  /** Mutes nothing. */
  public static WarningLists none() {
    return new WarningLists(List.of());
  }

  /** Those every centre has: {@code warnings.txt} beside this class. */
  public static WarningLists standard() {
    return new WarningLists(shipped());
  }

  static List<WarningList> shipped() {
    var lists = new ArrayList<WarningList>();
    for (String line : table().lines().filter(l -> !l.startsWith("#")).toList()) {
      String[] parts = line.split("\\|", -1);
      var type = WarningList.Type.valueOf(parts[1].toUpperCase(Locale.ROOT));
      lists.add(WarningList.of(parts[0], type, List.of(parts[2].split(" ", -1))));
    }
    return lists;
  }

  private static String table() {
    try (InputStream in = WarningLists.class.getResourceAsStream("warnings.txt")) {
      if (in == null) {
        throw new IllegalStateException("warnings.txt is not beside the class");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void take(WarningList list) {
    var alone = List.of(list);
    for (String value : list.values()) {
      switch (list.type()) {
        case CIDR -> network(value, alone);
        case STRING -> put(whole, compared(value), alone);
        case HOSTNAME -> put(hosts, compared(value), alone);
        case SUBSTRING -> {
          if (!value.isBlank()) {
            parts.computeIfAbsent(list, _ -> new ArrayList<>()).add(lower(value));
          }
        }
        case REGEX -> pattern(list, value);
      }
    }
  }

  private void network(String value, List<WarningList> alone) {
    try {
      var key = Key.of(Kind.NETWORK, value);
      byte[] network = Arrays.copyOf(key.bytes(), AddressText.BYTES + 1);
      if (key.kind() == Kind.ADDRESS) {
        network[AddressText.BYTES] = (byte) 128;
      }
      int entry = networkTable.add(network);
      if (entry == networkLists.size()) {
        networkLists.add(alone);
      } else if (entry >= 0) {
        networkLists.set(entry, joined(networkLists.get(entry), alone));
      }
    } catch (Unreadable e) {
      refused.add(alone.getFirst().name() + ": '" + value + "': " + e.reason());
    }
  }

  private void pattern(WarningList list, String value) {
    String bare =
        value.length() > 1 && value.startsWith("/") && value.lastIndexOf('/') > 0
            ? value.substring(1, value.lastIndexOf('/'))
            : value;
    try {
      if (bare.isEmpty() || bare.length() > LONGEST_PATTERN) {
        throw new PatternSyntaxException("empty or too long");
      }
      patterns.add(new Found(list, Pattern.compile(bare, Pattern.CASE_INSENSITIVE)));
    } catch (PatternSyntaxException e) {
      refused.add(list.name() + ": '" + value + "': no regular expression that is read here");
    }
  }

  private static void put(Map<String, List<WarningList>> map, String key, List<WarningList> alone) {
    map.merge(key, alone, WarningLists::joined);
  }

  private static List<WarningList> joined(List<WarningList> some, List<WarningList> more) {
    if (some.containsAll(more)) {
      return some;
    }
    var all = new ArrayList<>(some);
    all.addAll(more);
    return all;
  }

  // The form in which an indicator of the shape of the value is compared.
  private static String compared(String value) {
    return Guess.key(value).map(Key::text).orElseGet(() -> lower(value));
  }

  private static String lower(String value) {
    return value.strip().toLowerCase(Locale.ROOT);
  }

  /** Values of lists that could not be read, each with its list and the reason. */
  List<String> refused() {
    return List.copyOf(refused);
  }

  /** Why an indicator with this value is muted; empty where it is not. */
  public Optional<String> mutes(Kind kind, String value) {
    try {
      return reason(Key.of(kind, value));
    } catch (Unreadable e) {
      return Optional.empty();
    }
  }

  Optional<String> reason(Key key) {
    Kind kind = key.kind();
    String text = key.text();
    return named(kind, whole.getOrDefault(text, List.of()))
        .or(() -> named(kind, networks(key)))
        .or(() -> host(kind, hostOf(kind, text)))
        .or(() -> part(kind, text))
        .or(() -> matched(kind, text))
        .map(list -> "on the warning list '" + list.name() + "'");
  }

  private static Optional<WarningList> named(Kind kind, List<WarningList> lists) {
    return lists.stream().filter(l -> l.kinds().contains(kind)).findFirst();
  }

  private List<WarningList> networks(Key key) {
    int place =
        switch (key.kind()) {
          case ADDRESS -> tree.find(key.bytes());
          case NETWORK -> {
            byte[] address = Arrays.copyOf(key.bytes(), AddressText.BYTES);
            yield tree.touching(address, key.bytes()[AddressText.BYTES] & 0xff);
          }
          case URL -> inUrl(key);
          case DOMAIN, MD5, SHA1, SHA256, SHA512, MAIL, FILE, VULNERABILITY -> -1;
        };
    return place < 0 ? List.of() : networkLists.get(tree.entry(place));
  }

  private int inUrl(Key key) {
    byte[] host = hostOf(Kind.URL, key.text()).getBytes(StandardCharsets.UTF_8);
    byte[] address = new byte[AddressText.BYTES];
    return AddressText.read(host, 0, host.length, address) ? tree.find(address) : -1;
  }

  private static String hostOf(Kind kind, String text) {
    return switch (kind) {
      case DOMAIN -> text;
      case MAIL -> text.substring(text.lastIndexOf('@') + 1);
      case URL -> {
        int scheme = text.indexOf("://");
        String bare = scheme < 0 ? text : text.substring(scheme + 3);
        int slash = bare.indexOf('/');
        String authority = slash < 0 ? bare : bare.substring(0, slash);
        byte[] b = authority.getBytes(StandardCharsets.UTF_8);
        yield new String(b, 0, UrlText.portColon(b, 0, b.length), StandardCharsets.UTF_8);
      }
      case ADDRESS, NETWORK, MD5, SHA1, SHA256, SHA512, FILE, VULNERABILITY -> "";
    };
  }

  private Optional<WarningList> host(Kind kind, String host) {
    for (String at = host; !at.isEmpty(); at = at.substring(at.indexOf('.') + 1)) {
      var found = named(kind, hosts.getOrDefault(at, List.of()));
      if (found.isPresent() || at.indexOf('.') < 0) {
        return found;
      }
    }
    return Optional.empty();
  }

  private Optional<WarningList> part(Kind kind, String text) {
    return parts.entrySet().stream()
        .filter(e -> e.getKey().kinds().contains(kind))
        .filter(e -> e.getValue().stream().anyMatch(text::contains))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private Optional<WarningList> matched(Kind kind, String text) {
    return patterns.stream()
        .filter(p -> p.list().kinds().contains(kind) && p.pattern().matcher(text).find())
        .map(Found::list)
        .findFirst();
  }
}
