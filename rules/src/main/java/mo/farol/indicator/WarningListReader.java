package mo.farol.indicator;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The operator's warning lists: files in MISP's form ({@code .json} with name, type and list), and
 * plain ones ({@code .txt}) of values or networks, one a line.
 */
final class WarningListReader {
  private static final Set<String> WANTED = Set.of("name", "type", "list", "matching_attributes");

  private static final int MOST_VALUES = 2_000_000;
  private static final int MOST_CHARACTERS = 64 << 20;

  private final List<WarningList> lists = new ArrayList<>(WarningLists.shipped());
  private final List<String> remarks = new ArrayList<>();

  /** The shipped lists and those of a folder, which may be absent. */
  static WarningListReader read(Path folder) {
    var reader = new WarningListReader();
    if (!Files.isDirectory(folder)) {
      return reader;
    }
    try (Stream<Path> files = Files.list(folder)) {
      files.filter(Files::isRegularFile).sorted().forEach(reader::file);
    } catch (IOException e) {
      reader.remarks.add(folder + " can't be read: " + e.getMessage());
    }
    return reader;
  }

  WarningLists lists() {
    var all = new WarningLists(lists);
    remarks.addAll(all.refused());
    return all;
  }

  /** What could not be read, for the report. */
  List<String> remarks() {
    return List.copyOf(remarks);
  }

  private void file(Path file) {
    String name = String.valueOf(file.getFileName());
    try (var in = Opened.of(file)) {
      if (name.endsWith(".json")) {
        try (var json = new JsonStream(in, MOST_VALUES, MOST_CHARACTERS)) {
          misp(name, json.first(WANTED));
        }
      } else if (name.endsWith(".txt")) {
        plain(name, in);
      } else {
        remarks.add(name + ": a warning list ends in .json or .txt");
      }
    } catch (IOException e) {
      remarks.add(name + ": " + e.getMessage());
    }
  }

  private void misp(String file, Map<String, JsonNode> list) {
    String word = JsonStream.text(list, "type");
    var type =
        Arrays.stream(WarningList.Type.values())
            .filter(t -> t.name().equalsIgnoreCase(word))
            .findFirst();
    var values = list.get("list");
    if (type.isEmpty() || values == null) {
      remarks.add(file + ": a warning list has a type (cidr, string, hostname, …) and a list");
      return;
    }
    var texts = new ArrayList<String>();
    values.forEach(value -> texts.add(value.asText("")));
    String name = JsonStream.text(list, "name");
    lists.add(
        new WarningList(
            name.isEmpty() ? file : name,
            type.get(),
            kinds(list.get("matching_attributes")),
            texts));
  }

  private static Set<Kind> kinds(@Nullable JsonNode attributes) {
    var kinds = EnumSet.noneOf(Kind.class);
    if (attributes != null) {
      for (JsonNode attribute : attributes) {
        for (String part : attribute.asText("").split("\\|", -1)) {
          Kind.of(part).ifPresent(kinds::add);
        }
      }
    }
    if (kinds.contains(Kind.ADDRESS)) {
      kinds.add(Kind.NETWORK);
    }
    return kinds.isEmpty() ? EnumSet.allOf(Kind.class) : kinds;
  }

  private void plain(String name, Opened in) throws IOException {
    var values = new ArrayList<String>();
    var networks = new ArrayList<String>();
    try (var lines = TextLines.open(in)) {
      for (String line = TextLines.next(lines); line != null; line = TextLines.next(lines)) {
        String value = line.strip();
        if (!value.isEmpty() && !value.startsWith("#")) {
          // a ranking such as "17,example.org" is a form in which top domains are published
          String bare = value.matches("\\d+,.+") ? value.substring(value.indexOf(',') + 1) : value;
          boolean isNetwork = Guess.kind(bare).equals(Optional.of(Kind.NETWORK));
          (isNetwork ? networks : values).add(bare);
        }
      }
    }
    lists.add(WarningList.of(name, WarningList.Type.STRING, values));
    lists.add(WarningList.of(name, WarningList.Type.CIDR, networks));
  }
}
