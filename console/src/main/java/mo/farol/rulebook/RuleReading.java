package mo.farol.rulebook;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mo.farol.ledger.Deeds;
import mo.farol.ledger.Ledger;
import mo.farol.match.RuleSettings;
import mo.farol.sigma.KnownFiles;
import mo.farol.sigma.Refusal;
import mo.farol.sigma.RuleBook;
import mo.farol.sigma.RuleTexts;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the rule folders. A file that was good and is wrong now stays in force as it was, so that
 * nobody loses a rule by a slip; so does the site's data. One thread at a time.
 */
public final class RuleReading {
  private static final Logger LOG = LoggerFactory.getLogger(RuleReading.class);
  private static final long LONGEST = 2 << 20;
  private static final int DEPTH = 20;

  /** What lies in the folders, and what of them can't be read now. */
  private record Found(Map<Path, String> texts, Set<Path> unread) {}

  private final RuleFolders folders;
  private final boolean reviewed;
  private final KnownFiles known = new KnownFiles();
  private final Map<Path, String> good = new HashMap<>();
  private @Nullable RuleSettings settings;
  private @Nullable ChangeReview review;

  /** Of folders whose changes come into force by themselves. */
  public RuleReading(RuleFolders folders) {
    this(folders, false);
  }

  /**
   * @param reviewed whether changes in the folders wait for a second person
   */
  public RuleReading(RuleFolders folders, boolean reviewed) {
    this.folders = folders;
    this.reviewed = reviewed;
  }

  /** Goes by what was in force last as a ledger has it, where changes wait; only to be read. */
  public RuleReading inForce(Ledger ledger, Deeds deeds) {
    if (reviewed) {
      approved(new Editions(ledger, deeds));
    }
    return this;
  }

  /**
   * Goes by what was in force last from now on, where changes wait.
   *
   * @return of how many files the text is taken as it lies there, since nothing ever was in force
   */
  int approved(Editions editions) {
    good.clear();
    boolean isFirst = editions.isEmpty();
    var made =
        isFirst
            ? ChangeReview.ofAll(folders, found().texts())
            : ChangeReview.of(folders, editions.texts());
    review = made;
    return isFirst ? made.size() : 0;
  }

  /** Whether changes in the folders wait for a second person. */
  boolean isReviewed() {
    return reviewed;
  }

  /** Somebody approved a text of a file, or with an empty one that it went. */
  void approve(String file, String text) {
    var going = review;
    if (going != null) {
      going.replaced(file, text, there()).keySet().forEach(name -> going.approve(name, ""));
      going.approve(file, text);
    }
  }

  /** What is in force that a file's text is to take the place of. */
  String before(String file, String text) {
    var going = review;
    if (going == null) {
      return "";
    }
    var own = Stream.of(going.approved(file)).filter(held -> !held.isEmpty());
    return Stream.concat(own, going.replaced(file, text, there()).values().stream())
        .collect(Collectors.joining("\n---\n"));
  }

  private Set<String> there() {
    return found().texts().keySet().stream().map(folders::name).collect(Collectors.toSet());
  }

  RuleFolders folders() {
    return folders;
  }

  /** Says what files held when they were good, for those that were not read so since the start. */
  void wereGood(Map<Path, String> texts) {
    texts.forEach(good::putIfAbsent);
  }

  /**
   * Reads everything.
   *
   * @param shadows texts of drafts in shadow, by what refusals call them
   */
  public ReadRules read(Map<Path, String> shadows) {
    var site = RuleSettings.of(folders.home());
    var holding = settings;
    boolean isBroken = !site.faults().isEmpty() && holding != null;
    var used = isBroken && holding != null ? holding : site;
    var refused = new ArrayList<Refused>();
    site.faults().forEach(fault -> refused.add(refused(fault, isBroken)));
    var held = held();
    var texts = new HashMap<>(held.texts());
    var book = load(used, texts, shadows);
    var broken = broken(book, texts);
    book.refusals().stream()
        .filter(refusal -> !isReplaced(refusal))
        .forEach(refusal -> refused.add(refused(refusal, broken.contains(refusal.file()))));
    if (!broken.isEmpty()) {
      broken.forEach(file -> texts.put(file, good.getOrDefault(file, "")));
      var known = Set.copyOf(book.refusals());
      book = load(used, texts, shadows);
      book.refusals().stream()
          .filter(refusal -> !isReplaced(refusal) && !known.contains(refusal))
          .forEach(refusal -> refused.add(refused(refusal, false)));
    }
    remember(book, texts);
    settings = site.faults().isEmpty() ? site : used;
    Optional.ofNullable(review).ifPresent(going -> going.take(held.moved()));
    return new ReadRules(book, used, refused, inForce(book, texts), held.waiting());
  }

  private ChangeReview.Held held() {
    var found = found();
    var going = review;
    return going == null
        ? new ChangeReview.Held(found.texts(), List.of(), Map.of())
        : going.hold(found.texts(), found.unread());
  }

  /**
   * What would be refused if a file held a text, of it and of what hangs on it; nothing comes into
   * force.
   */
  List<Refused> check(Path file, String text) {
    var used = settings == null ? RuleSettings.of(folders.home()) : settings;
    var texts = new HashMap<>(held().texts());
    var before = Set.copyOf(load(used, texts, Map.of()).refusals());
    replaced(file, text).forEach(texts::remove);
    texts.put(file, text);
    return load(used, texts, Map.of()).refusals().stream()
        .filter(refusal -> refusal.file().equals(file) || !before.contains(refusal))
        .filter(refusal -> !isReplaced(refusal))
        .map(refusal -> refused(refusal, false))
        .toList();
  }

  private List<Path> replaced(Path file, String text) {
    var going = review;
    return going == null
        ? List.of()
        : going.replaced(folders.name(file), text, there()).keySet().stream()
            .map(folders::path)
            .toList();
  }

  private RuleBook load(RuleSettings used, Map<Path, String> texts, Map<Path, String> shadows) {
    return RuleBook.load(
        review == null ? folders.all() : folders.named(),
        used.placeholders(),
        new RuleTexts(texts, shadows, review != null),
        known);
  }

  private Refused refused(Refusal refusal, boolean before) {
    return new Refused(refusal, folders.name(refusal.file()), before);
  }

  /** A shipped rule gives way to one of the same id. */
  private boolean isReplaced(Refusal refusal) {
    return folders.shipped().filter(refusal.file()::startsWith).isPresent()
        && refusal.reason().startsWith("the id ")
        && refusal.reason().contains(" is taken by ");
  }

  private Set<Path> broken(RuleBook book, Map<Path, String> texts) {
    return book.refusals().stream()
        .map(Refusal::file)
        .filter(file -> isHeld(file, texts))
        .collect(Collectors.toSet());
  }

  private boolean isHeld(Path file, Map<Path, String> texts) {
    String held = good.get(file);
    return held != null && texts.containsKey(file) && !held.equals(texts.get(file));
  }

  private void remember(RuleBook book, Map<Path, String> texts) {
    var wrong = book.refusals().stream().map(Refusal::file).collect(Collectors.toSet());
    good.keySet().retainAll(texts.keySet());
    texts.forEach(
        (file, text) -> {
          if (!wrong.contains(file)) {
            good.put(file, text);
          }
        });
  }

  private static Map<Path, String> inForce(RuleBook book, Map<Path, String> texts) {
    var files = new HashSet<Path>();
    book.rules().forEach(rule -> files.add(rule.path()));
    book.correlations().forEach(rule -> files.add(rule.path()));
    book.filters().forEach(filter -> files.add(filter.path()));
    var used = new HashMap<>(texts);
    used.keySet().retainAll(files);
    return used;
  }

  /** What the files of all folders hold; one that can't be read is left to whoever compiles. */
  private Found found() {
    var texts = new HashMap<Path, String>();
    var unread = new HashSet<Path>();
    for (Path folder : folders.named()) {
      if (!Files.isDirectory(folder)) {
        unread.add(folder);
        continue;
      }
      try {
        read(folder, texts, unread);
      } catch (IOException | UncheckedIOException e) {
        unread.add(folder);
        LOG.debug("left to whoever compiles, who tells it as a refusal: {}", folder, e);
      }
    }
    return new Found(texts, unread);
  }

  // Behind a link as well; its files are known by their names under it.
  private static void read(Path folder, Map<Path, String> texts, Set<Path> unread)
      throws IOException {
    Path real = folder.toRealPath();
    try (Stream<Path> walk = Files.walk(real, DEPTH)) {
      for (Path file : walk.filter(RuleFolders::isYaml).filter(Files::isRegularFile).toList()) {
        Path shown = folder.resolve(real.relativize(file));
        if (Files.size(file) <= LONGEST) {
          texts.put(shown, new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
        } else {
          unread.add(shown);
        }
      }
    }
  }
}
