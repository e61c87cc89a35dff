package mo.farol.indicator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The indicators of a folder: {@code sources.yml}, and {@code added.yml} for those added later,
 * name its files, what is held of them and for whom; without them every file is a source, its
 * format guessed, but not in a centre's own folder. Warning lists lie in {@code warning-lists/}
 * below it. The set in force is read from any thread; {@link #refresh} builds the next beside it on
 * the caller's thread and swaps; while it does, there is memory for both.
 */
public final class Indicators {
  /** The folder of warning lists within a folder of indicators. */
  public static final String WARNING_LISTS = "warning-lists";

  private record State(IndicatorSet set, IndicatorReport report) {}

  private final Path folder;
  private final InstantSource clock;
  private final boolean isNamedOnly;
  private String signature = "";
  private List<Path> lists = List.of();
  private volatile State state;

  private Indicators(Path folder, boolean isNamedOnly, InstantSource clock) {
    this.folder = folder;
    this.isNamedOnly = isNamedOnly;
    this.clock = clock;
    state =
        new State(
            IndicatorSet.empty(),
            new IndicatorReport(List.of(), 0, 0, List.of(), clock.instant(), Optional.empty()));
  }

  /**
   * Reads a folder, which may be absent or empty. A source that can't be read costs itself only; an
   * {@link IndicatorFault} says what is wrong with {@code sources.yml}.
   */
  public static Indicators load(Path folder, InstantSource clock) {
    var indicators = new Indicators(folder, false, clock);
    indicators.take(indicators.signature());
    return indicators;
  }

  /**
   * A centre's own folder, not read yet: {@link #refresh} does. A file that no list of sources
   * names is not read, since it might be meant for one agency.
   */
  public static Indicators home(Path folder, InstantSource clock) {
    return new Indicators(folder, true, clock);
  }

  /**
   * Reads files, each a source by itself under its own name.
   *
   * @param format how they are written; empty to guess for each
   */
  public static Indicators of(List<Path> files, Optional<Format> format, InstantSource clock) {
    var indicators = new Indicators(Path.of(""), false, clock);
    var building = new Building(WarningLists.standard(), clock.instant());
    for (Path file : files) {
      building.read(file, guessed(file, String.valueOf(file), format));
    }
    indicators.state = building.end(List.of());
    return indicators;
  }

  /** The set in force. */
  public IndicatorSet current() {
    return state.set();
  }

  /** What it was read from, and what became of each entry. */
  public IndicatorReport report() {
    return state.report();
  }

  /**
   * Reads the folder again where a file in it has changed since. Where that fails, the set in force
   * stays, the report says why, and the next call tries again.
   *
   * @return whether a new set is in force
   */
  public synchronized boolean refresh() {
    try {
      String now = signature();
      if (now.equals(signature)) {
        tell(Optional.empty());
        return false;
      }
      take(now);
      return true;
    } catch (IndicatorFault e) {
      tell(Optional.ofNullable(e.getMessage()));
      return false;
    } catch (RuntimeException e) { // whatever a file holds, detection goes on with the last set
      tell(Optional.of(String.valueOf(e)));
      return false;
    }
  }

  /** Says in the report why a refresh did not come to its end, until the next one does. */
  synchronized void broke(Throwable why) {
    tell(Optional.of(String.valueOf(why)));
  }

  private void tell(Optional<String> fault) {
    if (!state.report().fault().equals(fault)) {
      state = new State(state.set(), state.report().with(fault));
    }
  }

  // What was read counts as read only once the set stands.
  private void take(String read) {
    var now = lists();
    lists.stream()
        .filter(list -> !now.contains(list))
        .findFirst()
        .ifPresent(
            list -> {
              throw new IndicatorFault(
                  list.getFileName()
                      + " is gone: what it said stays in force, since without it a list of one"
                      + " agency would count for all; put it back, if only with 'sources: []'");
            });
    state = build();
    signature = read;
    lists = now;
  }

  private List<Path> lists() {
    return SourcesFile.NAMES.stream().map(folder::resolve).filter(Files::isRegularFile).toList();
  }

  private State build() {
    var warnings = WarningListReader.read(folder.resolve(WARNING_LISTS));
    var building = new Building(warnings.lists(), clock.instant());
    var sources = sources();
    sources.stream()
        .sorted(Comparator.comparingInt(Indicators::turn))
        .forEach(source -> building.read(folder.resolve(source.file()), source));
    var names = sources.stream().map(IndicatorSource::name).toList();
    building.reports.sort(Comparator.comparingInt(r -> names.indexOf(r.source().name())));
    var remarks = new ArrayList<>(warnings.remarks());
    var named = sources.stream().map(IndicatorSource::file).toList();
    files(folder).stream()
        .filter(name -> !named.contains(name) && !SourcesFile.NAMES.contains(name))
        .forEach(name -> remarks.add(name + ": no source of " + SourcesFile.NAME + " names it"));
    return building.end(remarks);
  }

  // What counts for all is read first: no agency's list takes its room.
  private static int turn(IndicatorSource source) {
    if (source.owner().isPresent()) {
      return 2;
    }
    return source.agencies().isEmpty() ? 0 : 1;
  }

  /** The sources as they are named now; an {@link IndicatorFault} says what is wrong with them. */
  List<IndicatorSource> sources() {
    var named = lists();
    if (isNamedOnly || !named.isEmpty()) {
      return SourcesFile.read(named);
    }
    return files(folder).stream()
        .map(name -> guessed(folder.resolve(name), name, Optional.empty()))
        .toList();
  }

  private static IndicatorSource guessed(Path file, String name, Optional<Format> format) {
    return IndicatorSource.of(
        name,
        format.orElseGet(
            () -> {
              try {
                return Format.guess(name.replaceAll("\\.gz$", ""), Opened.head(file));
              } catch (IOException e) {
                return Format.LIST; // reading it says what is wrong
              }
            }));
  }

  // Names of the files in a folder, sorted; hidden and unfinished ones left out.
  private static List<String> files(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(Files::isRegularFile)
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> !name.startsWith(".") && !name.endsWith(".new"))
          .sorted()
          .toList();
    } catch (IOException | UncheckedIOException e) {
      throw new IndicatorFault("can't list " + folder + ": " + e.getMessage(), e);
    }
  }

  private String signature() {
    var text = new StringBuilder();
    for (Path each : List.of(folder, folder.resolve(WARNING_LISTS))) {
      for (String name : files(each)) {
        try {
          Path file = each.resolve(name);
          text.append(name).append('\n').append(Files.size(file)).append('\n');
          text.append(Files.getLastModifiedTime(file)).append('\n');
        } catch (IOException e) {
          text.append("gone\n");
        }
      }
    }
    return text.toString();
  }

  /** A set while its sources are read. */
  private static final class Building {
    private final IndicatorSetBuilder set;
    private final Instant now;
    private final List<SourceReport> reports = new ArrayList<>();

    Building(WarningLists warnings, Instant now) {
      set = new IndicatorSetBuilder(warnings, now, IndicatorSetBuilder.room());
      this.now = now;
    }

    void read(Path file, IndicatorSource source) {
      Reading reading = null;
      try (var in = Opened.of(file)) {
        reading = new Reading(source, Files.getLastModifiedTime(file).toInstant(), now, set);
        switch (source.format()) {
          case STIX -> StixReader.read(in, reading, versions(file));
          case MISP -> MispReader.read(in, reading);
          case CSV -> CsvReader.read(in, reading);
          case LIST -> ListReader.read(in, reading);
          case KEV -> KevReader.read(in, reading);
        }
      } catch (IOException e) {
        reading = reading == null ? new Reading(source, now, now, set) : reading;
        if (e instanceof NoSuchFileException && source.feed().isPresent()) {
          reading.passOver("a collection that was not fetched yet");
        } else {
          String why = e instanceof NoSuchFileException ? "no such file" : message(e);
          reading.breakOff(why);
        }
      }
      reports.add(reading.report());
    }

    private static StixVersions versions(Path file) throws IOException {
      try (var first = Opened.of(file)) {
        return StixVersions.of(first);
      }
    }

    private static String message(IOException e) {
      return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    State end(List<String> remarks) {
      var built = set.build();
      return new State(
          built,
          new IndicatorReport(
              reports, built.size(), built.muted(), remarks, now, Optional.empty()));
    }
  }
}
