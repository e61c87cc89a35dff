package mo.farol.centre;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import mo.farol.alert.DecisionBook;
import mo.farol.rulebook.ReadRules;
import mo.farol.rulebook.RuleFolders;
import mo.farol.rulebook.RuleReading;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The rule books of a home: Sigma rules and decision rules; what is refused is told in the log. */
record Books(RuleReading reading, ReadRules rules, DecisionBook decisions, Instant readAt) {
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
    var begun = Instant.now();
    var reading = ruleReading(config, home);
    var rules = reading.read(Map.of());
    rules.book().remarks().forEach(r -> log.info("remark on a rule: {}", r));
    rules.book().rules().stream()
        .filter(r -> !r.filters().isEmpty())
        .forEach(r -> log.info("rule {} is filtered: {}", r.ref().id(), r.condition()));
    var decisions = DecisionBook.load(decisionFolders(config, home));
    decisions.faults().forEach(f -> log.warn("decision rule refused: {}", f));
    return new Books(reading, rules, decisions, begun);
  }

  /** Reads the Sigma rules of a home. */
  static RuleReading ruleReading(Config config, Home home) {
    return new RuleReading(ruleFolders(config, home), config.flag(Key.RULES_REVIEW));
  }

  /** Where the Sigma rules of a home lie. */
  static RuleFolders ruleFolders(Config config, Home home) {
    var others = config.list(Key.RULES_FOLDERS).stream().map(Path::of).toList();
    others.stream()
        .filter(f -> !Files.isDirectory(f))
        .forEach(f -> log.warn("no rule folder {}", f));
    return new RuleFolders(
        home.rules(),
        others,
        config.flag(Key.RULES_BUILTIN) ? Optional.of(Shipped.inside("book")) : Optional.empty());
  }

  /** Where the decision rules of a home lie. */
  static List<Path> decisionFolders(Config config, Home home) {
    return Shipped.folders("decide", home.rules().resolve("alert"), config.list(Key.ALERT_FOLDERS))
        .stream()
        .filter(Files::isDirectory)
        .toList();
  }
}
