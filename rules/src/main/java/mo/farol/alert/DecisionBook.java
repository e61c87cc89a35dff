package mo.farol.alert;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import mo.farol.sigma.RuleRef;
import org.drools.modelcompiler.KieBaseBuilder;
import org.kie.api.KieBase;
import org.kie.api.conf.EventProcessingOption;
import org.kie.api.definition.rule.Rule;

/**
 * The decision rules in force: DRL files, compiled together. A file that doesn't compile is left
 * out and named in {@link #faults}; the others go on. Immutable.
 */
public final class DecisionBook {
  private final KieBase base;
  private final Map<String, RuleRef> rules;
  private final List<DrlFault> faults;

  private DecisionBook(KieBase base, Map<String, RuleRef> rules, List<DrlFault> faults) {
    this.base = base;
    this.rules = Map.copyOf(rules);
    this.faults = List.copyOf(faults);
  }

  /** Reads every {@code .drl} file of these folders and compiles them; takes a few seconds. */
  public static DecisionBook load(List<Path> folders) {
    return compile(read(folders));
  }

  private static Map<String, String> read(List<Path> folders) {
    var texts = new TreeMap<String, String>();
    for (Path folder : folders) {
      try (var files = Files.walk(folder, 4)) {
        for (Path file : files.filter(f -> f.toString().endsWith(".drl")).sorted().toList()) {
          texts.put(folder.relativize(file).toString(), Files.readString(file));
        }
      } catch (IOException e) {
        throw new UncheckedIOException("can't read the decision rules in " + folder, e);
      }
    }
    return texts;
  }

  /** The decision rules that ship with Farol, and those of a folder, which win over them. */
  public static DecisionBook shippedWith(Path folder) {
    var texts = new TreeMap<>(Shipped.decisions());
    texts.putAll(read(List.of(folder)));
    return compile(texts);
  }

  /** The decision rules that ship with Farol. */
  public static DecisionBook shipped() {
    return compile(Shipped.decisions());
  }

  /** Compiles files given as name to text. */
  public static DecisionBook compile(Map<String, String> files) {
    var texts = new TreeMap<>(files);
    var models = new ArrayList<>(Precompiled.take(texts));
    var faults = new ArrayList<DrlFault>();
    var together = DrlCompiler.compile(texts);
    if (!together.faults().isEmpty()) {
      texts.entrySet().removeIf(file -> isBroken(file.getKey(), file.getValue(), faults));
      together = DrlCompiler.compile(texts);
      together.faults().forEach(faults::add);
    }
    models.addAll(together.models());
    var base = KieBaseBuilder.createKieBaseFromModel(models, EventProcessingOption.STREAM);
    return new DecisionBook(base, refs(files, base), faults);
  }

  /** Files left out, and why. */
  public List<DrlFault> faults() {
    return faults;
  }

  /** Names and versions of the rules in force. */
  public List<RuleRef> rules() {
    return List.copyOf(new TreeMap<>(rules).values());
  }

  KieBase base() {
    return base;
  }

  /** Name and version of the rule that is firing. */
  RuleRef ref(Rule rule) {
    return rules.getOrDefault(
        key(rule.getPackageName(), rule.getName()),
        new RuleRef(rule.getName(), "", rule.getName()));
  }

  private static boolean isBroken(String name, String text, List<DrlFault> faults) {
    var alone = DrlCompiler.compile(Map.of(name, text)).faults();
    faults.addAll(alone);
    return !alone.isEmpty();
  }

  private static Map<String, RuleRef> refs(Map<String, String> texts, KieBase base) {
    var refs = new LinkedHashMap<String, RuleRef>();
    for (var pkg : base.getKiePackages()) {
      for (Rule rule : pkg.getRules()) {
        refs.put(key(pkg.getName(), rule.getName()), ref(rule, texts));
      }
    }
    return refs;
  }

  private static RuleRef ref(Rule rule, Map<String, String> texts) {
    String quoted = "\"" + rule.getName() + "\"";
    String text =
        texts.values().stream()
            .filter(t -> t.contains(quoted) && t.contains("package " + rule.getPackageName()))
            .findFirst()
            .orElse("");
    return new RuleRef(rule.getName(), Digests.sha256(text).substring(0, 12), rule.getName());
  }

  private static String key(String pkg, String rule) {
    return pkg + "\u001f" + rule;
  }
}
