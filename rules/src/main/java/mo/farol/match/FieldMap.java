package mo.farol.match;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import mo.farol.sigma.LogSource;

/**
 * Which names a Sigma field may have in an event. Data: {@code fields.yml} beside this class, or a
 * site's own in the same form.
 */
public final class FieldMap {
  private final List<Section> sections;

  private record Section(
      LogSource logSource, List<String> prefixes, Map<String, List<String>> names) {}

  private FieldMap(List<Section> sections) {
    this.sections = List.copyOf(sections);
  }

  /** The map that comes with Farol. */
  public static FieldMap standard() {
    return read(Resource.text("fields.yml"));
  }

  /** Reads a map; throws {@link IllegalArgumentException} where it is not one. */
  public static FieldMap read(String yaml) {
    var sections = new ArrayList<Section>();
    for (var each : Resource.maps(yaml)) {
      sections.add(
          new Section(
              Resource.logSource(each.get("logsource")),
              Resource.texts(each.get("prefix")),
              Resource.lists(each.get("names"))));
    }
    return new FieldMap(sections);
  }

  /** This map with a site's own sections before its own. */
  public FieldMap with(FieldMap own) {
    var all = new ArrayList<>(own.sections);
    all.addAll(sections);
    return new FieldMap(all);
  }

  /**
   * The names to try for a field in a rule of this log source, best first: its own name, then what
   * the sections say, then the prefixed names. Names lose their spaces, as those of events do:
   * Sigma specification 2.1.0, "Field Usage", 2.
   */
  public List<String> names(LogSource logSource, String field) {
    var names = new LinkedHashSet<String>();
    names.add(field.replace(" ", ""));
    for (var section : sections) {
      if (section.logSource().covers(logSource)) {
        names.addAll(section.names().getOrDefault(field, List.of()));
      }
    }
    for (var section : sections) {
      if (section.logSource().covers(logSource)) {
        section.prefixes().forEach(prefix -> names.add(prefix + field.replace(" ", "")));
      }
    }
    return List.copyOf(names);
  }
}
