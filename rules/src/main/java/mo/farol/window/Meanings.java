package mo.farol.window;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import mo.farol.sigma.RuleBook;
import mo.farol.sigma.SigmaCorrelation;

/**
 * A hash of what each rule means, with what it refers to: it stays where only title, level, tags or
 * the like changed.
 */
final class Meanings {
  private final Map<String, String> hashes = new HashMap<>();

  Meanings(RuleBook book) {
    for (var rule : book.rules()) {
      hashes.put(rule.ref().id(), hash(rule.logSource() + "\n" + rule.detection()));
    }
    for (SigmaCorrelation each : book.correlations()) { // those referred to come first
      var text = new StringBuilder(each.meaning());
      each.rules().forEach(id -> text.append('\n').append(of(id)));
      hashes.put(each.ref().id(), hash(text.toString()));
    }
  }

  String of(String ruleId) {
    return hashes.getOrDefault(ruleId, "");
  }

  private static String hash(String text) {
    try {
      var sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha.digest(text.getBytes(StandardCharsets.UTF_8)), 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
