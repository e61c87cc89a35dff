package mo.farol.rulebook;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import mo.farol.sigma.RuleHead;

/**
 * Which texts of the rule folders somebody approved, where changes wait for a second person. What
 * ships with Farol needs nobody. One thread at a time.
 */
final class ChangeReview {
  /**
   * What the folders hold, with what was approved in place of what was not.
   *
   * @param texts that are to be in force
   * @param waiting files that hold something else, by name
   * @param moved files of another name with an approved text, and the name that they had
   */
  record Held(Map<Path, String> texts, List<PendingChange> waiting, Map<String, String> moved) {}

  private final RuleFolders folders;
  private final Map<String, String> approved;

  private ChangeReview(RuleFolders folders, Map<String, String> approved) {
    this.folders = folders;
    this.approved = new TreeMap<>(approved);
    this.approved.keySet().removeIf(name -> !folders.isOfSite(folders.path(name)));
    this.approved.values().removeIf(String::isBlank);
  }

  /**
   * @param approved texts by the name of their files
   */
  static ChangeReview of(RuleFolders folders, Map<String, String> approved) {
    return new ChangeReview(folders, approved);
  }

  /** One that begins with what lies there: nothing was in force before. */
  static ChangeReview ofAll(RuleFolders folders, Map<Path, String> texts) {
    var all = new HashMap<String, String>();
    texts.forEach((file, text) -> all.put(folders.name(file), text));
    return new ChangeReview(folders, all);
  }

  /** Of how many files a text is approved. */
  int size() {
    return approved.size();
  }

  /**
   * What of the folders is to be in force.
   *
   * @param texts that the files hold
   * @param unread files and folders that can't be read now; what was approved of them holds
   */
  Held hold(Map<Path, String> texts, Set<Path> unread) {
    var held = new HashMap<>(texts);
    var waiting = new ArrayList<PendingChange>();
    var gone = new TreeMap<>(approved);
    for (var entry : texts.entrySet()) {
      var file = entry.getKey();
      String name = folders.name(file);
      if (folders.isOfSite(file)) {
        gone.remove(name);
        if (!entry.getValue().equals(approved(name))) {
          waiting.add(new PendingChange(name, entry.getValue()));
          held.put(file, approved(name));
        }
      }
    }
    gone.keySet().removeIf(name -> unread.stream().anyMatch(folders.path(name)::startsWith));
    var moved = moved(waiting, gone);
    waiting.removeIf(each -> moved.containsKey(each.file()));
    moved.keySet().stream()
        .map(folders::path)
        .forEach(file -> held.put(file, texts.getOrDefault(file, "")));
    approved.forEach((name, text) -> held.putIfAbsent(folders.path(name), text));
    moved.values().forEach(name -> held.remove(folders.path(name)));
    gone.keySet().removeAll(moved.values());
    waiting.forEach(each -> replaced(each, gone).forEach(gone::remove));
    gone.keySet().forEach(name -> waiting.add(new PendingChange(name, "")));
    waiting.sort(Comparator.comparing(PendingChange::file));
    return new Held(held, List.copyOf(waiting), moved);
  }

  // A file that has another name and says the same is no change; over one that has an approved text
  // it is, for that text goes.
  private Map<String, String> moved(List<PendingChange> waiting, Map<String, String> gone) {
    var moved = new HashMap<String, String>();
    var left = new TreeMap<>(gone);
    for (var each : waiting) {
      if (!approved(each.file()).isEmpty()) {
        continue;
      }
      from(each.text(), left)
          .ifPresent(
              name -> {
                moved.put(each.file(), name);
                left.remove(name);
              });
    }
    return moved;
  }

  private static Optional<String> from(String text, Map<String, String> gone) {
    return gone.entrySet().stream()
        .filter(entry -> entry.getValue().equals(text))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** Files that went and whose rules all stand in another that waits: the one takes their place. */
  private static List<String> replaced(PendingChange by, Map<String, String> gone) {
    var ids = ids(by.text(), by.file());
    return gone.entrySet().stream()
        .filter(entry -> isWithin(ids(entry.getValue(), entry.getKey()), ids))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static boolean isWithin(Set<String> some, Set<String> all) {
    return !some.isEmpty() && all.containsAll(some);
  }

  private static Set<String> ids(String text, String file) {
    return RuleHead.of(text, Path.of(file)).stream()
        .map(RuleHead::id)
        .collect(Collectors.toCollection(HashSet::new));
  }

  /** Files with an approved text that a file is to take the place of, with their texts. */
  Map<String, String> replaced(String file, String text, Set<String> there) {
    var gone = new TreeMap<>(approved);
    gone.keySet().removeAll(there);
    gone.remove(file);
    var all = new TreeMap<String, String>();
    replaced(new PendingChange(file, text), gone).forEach(name -> all.put(name, gone.get(name)));
    return all;
  }

  /** Takes note of files that have another name. */
  void take(Map<String, String> moved) {
    moved.forEach(
        (name, from) -> {
          String text = approved.remove(from);
          if (text != null) {
            approved.put(name, text);
          }
        });
  }

  /** A text is approved for a file; an empty one says that the file may go. */
  void approve(String file, String text) {
    if (text.isEmpty()) {
      approved.remove(file);
    } else {
      approved.put(file, text);
    }
  }

  /** The approved text of a file; empty where there is none. */
  String approved(String file) {
    return approved.getOrDefault(file, "");
  }
}
