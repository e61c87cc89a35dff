package mo.farol.indicator;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mo.farol.disk.AtomicFile;

/**
 * Adds sources to a centre's folder of indicators and removes those it added, beside a running
 * centre too: it sees the files change. What {@code sources.yml} says is its people's, and stays.
 */
public final class SourceShelf {
  /** Bytes of one list at most. */
  public static final int LARGEST = 64 << 20;

  private static final int LISTS_OF_ONE = 20;
  private static final int VALUES_OF_ONE = 50_000;
  private static final long BYTES_OF_ONE = 32L << 20;

  // YAML refuses some characters that JSON lets stand.
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
  private static final String HEAD =
      "# Written by Farol: sources added by command, page or API. Your own stand in sources.yml.\n";

  private final Path folder;
  private final InstantSource clock;

  /** Over a folder, which is made where it is not there. */
  public SourceShelf(Path folder, InstantSource clock) {
    this.folder = folder;
    this.clock = clock;
  }

  /** The sources there are; an {@link IndicatorFault} says what is wrong with their lists. */
  public List<IndicatorSource> sources() {
    return Indicators.home(folder, clock).sources();
  }

  /** Names of the sources that were added, so that they can be removed. */
  public Set<String> names() {
    try {
      return added().stream().map(IndicatorSource::name).collect(Collectors.toSet());
    } catch (IndicatorFault e) {
      return Set.of(); // who refreshes tells of it
    }
  }

  /**
   * Keeps a list; an {@link IndicatorFault} where its name is taken, nothing in it can be read, or
   * its owner has no room left: {@value #LISTS_OF_ONE} lists, each of {@value #VALUES_OF_ONE}
   * values and 32 MiB unpacked.
   *
   * @param bytes the list as it is, gzip or not
   * @return what became of its entries
   */
  public SourceReport add(NewSource source, byte[] bytes) {
    if (bytes.length > LARGEST) {
      throw new IndicatorFault("a list has at most " + LARGEST + " bytes");
    }
    return alone(() -> keep(source, bytes));
  }

  private SourceReport keep(NewSource source, byte[] bytes) {
    if (sources().stream().anyMatch(known -> known.name().equals(source.name()))) {
      throw new IndicatorFault("there is a source '" + source.name() + "'; choose another name");
    }
    var all = new ArrayList<>(added());
    source.owner().ifPresent(owner -> mustHaveRoom(owner, all));
    String file = freeName(source.name());
    Path draft = folder.resolve("." + file + ".draft");
    try {
      Files.write(draft, bytes);
      if (source.owner().isPresent()) {
        mustUnpack(draft);
      }
      var format = source.format().orElseGet(() -> guessed(draft, file));
      var report = read(draft, format);
      if (report.liveCount() + report.mutedCount() == 0) {
        String why =
            report.refusals().isEmpty()
                ? String.join("; ", report.passedOver().keySet())
                : report.refusals().getFirst().place()
                    + ": "
                    + report.refusals().getFirst().reason();
        throw new IndicatorFault(
            "no indicator can be read from it, as " + format.word() + why(why));
      }
      if (source.owner().isPresent() && report.liveCount() + report.mutedCount() > VALUES_OF_ONE) {
        throw new IndicatorFault("a list of one agency has at most " + VALUES_OF_ONE + " values");
      }
      all.add(of(source, file, format));
      place(draft, file, all);
      return report;
    } catch (IOException e) {
      throw new IndicatorFault("can't write to " + folder + ": " + e.getMessage(), e);
    } finally {
      forget(draft);
    }
  }

  private static void mustHaveRoom(String owner, List<IndicatorSource> all) {
    long count = all.stream().filter(each -> each.owner().equals(Optional.of(owner))).count();
    if (count >= LISTS_OF_ONE) {
      throw new IndicatorFault(
          "an agency has at most " + LISTS_OF_ONE + " lists of its own; remove one first");
    }
  }

  private static void mustUnpack(Path file) {
    try (var in = Opened.of(file, BYTES_OF_ONE)) {
      in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw new IndicatorFault("a list of one agency can't be unpacked: " + e.getMessage(), e);
    }
  }

  private void place(Path draft, String file, List<IndicatorSource> all) throws IOException {
    Path place = folder.resolve(file);
    AtomicFile.place(draft, place);
    try {
      write(all, Optional.of(folder.resolve(SourcesFile.NAME)));
    } catch (RuntimeException e) {
      forget(place);
      throw e;
    }
  }

  private static String why(String reason) {
    return reason.isEmpty() ? "" : " (" + reason + ")";
  }

  private SourceReport read(Path file, Format format) {
    return Indicators.of(List.of(file), Optional.of(format), clock).report().sources().getFirst();
  }

  private static Format guessed(Path file, String name) {
    try {
      return Format.guess(name, Opened.head(file));
    } catch (IOException e) {
      return Format.LIST; // reading it says what is wrong
    }
  }

  private static IndicatorSource of(NewSource source, String file, Format format) {
    return new IndicatorSource(
        source.name(),
        file,
        format,
        source.tlp(),
        source.confidence(),
        source.expiryDays().map(Duration::ofDays),
        source.agencies(),
        Map.of(),
        false,
        Optional.empty(),
        source.owner());
  }

  private String freeName(String name) {
    String bare = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    for (int number = 1; ; number++) {
      String file = "added-" + bare + (number == 1 ? "" : "-" + number);
      if (!Files.exists(folder.resolve(file))) {
        return file;
      }
    }
  }

  /** Removes a source that was added, and its file; an {@link IndicatorFault} for any other. */
  public void remove(String name) {
    alone(
        () -> {
          var all = new ArrayList<>(added());
          var gone = all.stream().filter(source -> source.name().equals(name)).findFirst();
          if (gone.isEmpty()) {
            boolean isOthers = sources().stream().anyMatch(source -> source.name().equals(name));
            throw new IndicatorFault(
                isOthers
                    ? "the source '"
                        + name
                        + "' stands in "
                        + SourcesFile.NAME
                        + ": remove it there"
                    : "there is no source '" + name + "'");
          }
          all.remove(gone.get());
          write(all, Optional.empty());
          forget(folder.resolve(gone.get().file()));
          return name;
        });
  }

  private List<IndicatorSource> added() {
    Path list = folder.resolve(SourcesFile.ADDED);
    return Files.isRegularFile(list) ? SourcesFile.read(List.of(list)) : List.of();
  }

  // Read back, beside the list of people where it is named, before it counts.
  private void write(List<IndicatorSource> all, Optional<Path> beside) {
    Path draft = folder.resolve(SourcesFile.ADDED + ".new");
    try {
      Files.writeString(draft, text(all));
      SourcesFile.read(
          Stream.concat(beside.filter(Files::isRegularFile).stream(), Stream.of(draft)).toList());
      AtomicFile.place(draft, folder.resolve(SourcesFile.ADDED));
    } catch (IOException e) {
      throw new IndicatorFault("can't write to " + folder + ": " + e.getMessage(), e);
    } finally {
      forget(draft);
    }
  }

  // A flow mapping of YAML 1.1 with quoted words is JSON.
  private static String text(List<IndicatorSource> all) throws IOException {
    var text = new StringBuilder(HEAD).append(all.isEmpty() ? "sources: []\n" : "sources:\n");
    for (var source : all) {
      text.append("  - ").append(JSON.writeValueAsString(tree(source))).append('\n');
    }
    return text.toString();
  }

  private static ObjectNode tree(IndicatorSource source) {
    var node = JSON.createObjectNode().put("name", source.name()).put("file", source.file());
    node.put("format", source.format().word()).put("tlp", source.tlp().word());
    node.put("confidence", source.confidence());
    source.expiry().ifPresent(term -> node.put("expiry-days", term.toDays()));
    if (!source.agencies().isEmpty()) {
      var agencies = node.putArray("agencies");
      new TreeSet<>(source.agencies()).forEach(agencies::add);
    }
    source.owner().ifPresent(owner -> node.put("owner", owner));
    return node;
  }

  // One writer at a time, of this process and of any other.
  private synchronized <T> T alone(Supplier<T> work) {
    try {
      Files.createDirectories(folder);
      try (var channel =
              FileChannel.open(
                  folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          var lock = channel.lock()) {
        if (!lock.isValid()) {
          throw new IndicatorFault(folder + " is being changed by another process; try again");
        }
        return work.get();
      }
    } catch (IOException e) {
      throw new IndicatorFault("can't write to " + folder + ": " + e.getMessage(), e);
    }
  }

  private static void forget(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new IndicatorFault("can't remove " + file + ": " + e.getMessage(), e);
    }
  }
}
