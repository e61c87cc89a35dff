package mo.farol.centre;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import mo.farol.alert.DecisionBook;
import mo.farol.match.RuleSettings;
import mo.farol.sigma.RuleBook;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The rule books of a home: Sigma rules and decision rules; what is refused is told in the log. */
record Books(RuleBook rules, RuleSettings settings, DecisionBook decisions) {
  private static final Logger log = LoggerFactory.getLogger(Books.class);

  /** Begins to read both on a thread of their own, since nothing at a start takes longer. */
  static Supplier<Books> reading(Config config, Home home) {
    var books =
        CompletableFuture.supplyAsync(
            () -> read(config, home),
            work -> Thread.ofPlatform().name("books").daemon().start(work));
    return () -> await(books);
  }

  private static Books await(CompletableFuture<Books> books) {
    try {
      return books.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException known ? known : e;
    }
  }

  private static Books read(Config config, Home home) {
    var settings = RuleSettings.of(home.rules());
    settings.faults().forEach(f -> log.warn("not used: {}", f));
    var rules = RuleBook.load(ruleFolders(config, home), settings.placeholders());
    rules
        .refusals()
        .forEach(
            r -> log.warn("rule refused: {}:{}:{} {}", r.file(), r.line(), r.column(), r.reason()));
    rules.remarks().forEach(r -> log.info("remark on a rule: {}", r));
    rules.rules().stream()
        .filter(r -> !r.filters().isEmpty())
        .forEach(r -> log.info("rule {} is filtered: {}", r.ref().id(), r.condition()));
    var decisions = DecisionBook.load(decisionFolders(config, home));
    decisions.faults().forEach(f -> log.warn("decision rule refused: {}", f));
    return new Books(rules, settings, decisions);
  }

  private static List<Path> ruleFolders(Config config, Home home) {
    var folders = new ArrayList<Path>();
    if (config.flag(Key.RULES_BUILTIN)) {
      folders.add(Shipped.inside("book"));
    }
    folders.add(home.rules().resolve("sigma"));
    config.list(Key.RULES_FOLDERS).forEach(f -> folders.add(Path.of(f)));
    folders.stream()
        .filter(f -> !Files.isDirectory(f))
        .skip(1)
        .forEach(f -> log.warn("no rule folder {}", f));
    return folders.stream().filter(Files::isDirectory).toList();
  }

  private static List<Path> decisionFolders(Config config, Home home) {
    return Shipped.folders("decide", home.rules().resolve("alert"), config.list(Key.ALERT_FOLDERS))
        .stream()
        .filter(Files::isDirectory)
        .toList();
  }
}
