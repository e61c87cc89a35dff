package mo.farol.match;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import mo.farol.sigma.LogSource;
import mo.farol.sigma.Names;
import mo.farol.sigma.Placeholders;
import mo.farol.sigma.Refusal;
import mo.farol.sigma.RuleFileFault;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * What a site tells its rules: data, beside the rules, that anybody may edit.
 *
 * @param fields the names of things, the shipped map and the site's {@code fields.yml} before it
 * @param sources how log sources are known, with the site's {@code logsources.yml}
 * @param placeholders values for {@code expand}: {@code placeholders.yml}
 * @param zone in which {@code @timestamp|hour} and the like are told: {@code zone} of {@code
 *     settings.yml}, UTC where it says nothing
 * @param faults files that could not be used; the rest holds without them
 */
public record RuleSettings(
    FieldMap fields,
    LogSources sources,
    Placeholders placeholders,
    ZoneId zone,
    List<Refusal> faults) {
  public RuleSettings {
    faults = List.copyOf(faults);
  }

  /** What comes with Farol. */
  public static RuleSettings standard() {
    return new RuleSettings(
        FieldMap.standard(), LogSources.standard(), Placeholders.NONE, ZoneOffset.UTC, List.of());
  }

  /**
   * The same with what a folder adds, each file where it is there.
   *
   * @param folder {@code rules} of a home
   */
  public static RuleSettings of(Path folder) {
    var shipped = standard();
    var reader = new Reader(folder);
    var fields = reader.read("fields.yml", FieldMap::read, null);
    var sources = reader.read("logsources.yml", LogSources::read, null);
    var zone = reader.read("settings.yml", RuleSettings::zone, shipped.zone);
    return new RuleSettings(
        fields == null ? shipped.fields : shipped.fields.with(fields),
        sources == null ? shipped.sources : shipped.sources.with(sources),
        reader.placeholders(),
        zone == null ? shipped.zone : zone,
        reader.faults);
  }

  /** The same with other names of fields. */
  public RuleSettings withFields(FieldMap other) {
    return new RuleSettings(other, sources, placeholders, zone, faults);
  }

  /** The same with other values for placeholders. */
  public RuleSettings withPlaceholders(Placeholders other) {
    return new RuleSettings(fields, sources, other, zone, faults);
  }

  /** The same with another zone. */
  public RuleSettings withZone(ZoneId other) {
    return new RuleSettings(fields, sources, placeholders, other, faults);
  }

  /** What words of rules stand for under these settings. */
  public Names names() {
    return new Names() {
      @Override
      public List<String> field(LogSource source, String field) {
        return fields.names(source, field);
      }

      @Override
      public String logSource(LogSource source) {
        return sources.meaning(source);
      }

      @Override
      public String zone() {
        return zone.getId();
      }
    };
  }

  private static ZoneId zone(String yaml) {
    var map = Resource.map(Resource.tree(yaml));
    for (Object key : map.keySet()) {
      if (!"zone".equals(key)) {
        throw new IllegalArgumentException("there is no setting '" + key + "', only 'zone'");
      }
    }
    Object zone = map.get("zone");
    try {
      return zone == null ? ZoneOffset.UTC : ZoneId.of(zone.toString());
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("there is no zone '" + zone + "'", e);
    }
  }

  /** Reads the files of a folder, and keeps what is wrong with them. */
  private static final class Reader {
    private final Path folder;
    private final List<Refusal> faults = new ArrayList<>();

    Reader(Path folder) {
      this.folder = folder;
    }

    <T> @org.jspecify.annotations.Nullable T read(
        String name, Function<String, T> parse, @org.jspecify.annotations.Nullable T absent) {
      Path file = folder.resolve(name);
      if (!Files.isRegularFile(file)) {
        return absent;
      }
      try {
        return parse.apply(Files.readString(file));
      } catch (MarkedYAMLException e) {
        var mark = e.getProblemMark();
        int line = mark == null ? 1 : mark.getLine() + 1;
        int column = mark == null ? 1 : mark.getColumn() + 1;
        faults.add(new Refusal(file, line, column, "not YAML: " + e.getProblem()));
      } catch (IllegalArgumentException | YAMLException | IOException e) {
        faults.add(new Refusal(file, 1, 1, String.valueOf(e.getMessage())));
      }
      return absent;
    }

    Placeholders placeholders() {
      Path file = folder.resolve("placeholders.yml");
      try {
        return Files.isRegularFile(file) ? Placeholders.read(file) : Placeholders.NONE;
      } catch (RuleFileFault e) {
        faults.add(e.refusal());
        return Placeholders.NONE;
      }
    }
  }
}
