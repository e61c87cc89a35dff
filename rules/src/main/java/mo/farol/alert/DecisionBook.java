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
import java.util.function.BiPredicate;
import mo.farol.sigma.RuleRef;
import org.drools.model.Model;
import org.drools.modelcompiler.KieBaseBuilder;
import org.kie.api.KieBase;
import org.kie.api.conf.EventProcessingOption;
import org.kie.api.definition.rule.Rule;

/**
 * The decision rules in force: DRL files, checked, then compiled together. A file that says what it
 * may not, or doesn't compile, is left out and named in {@link #faults}; the others go on.
 * Immutable.
 */
public final class DecisionBook {
  private final List<Model> models;
  private final KieBase base;
  private final Map<String, RuleRef> rules;
  private final List<DrlFault> faults;
  private final List<DecisionTable> tables;

  private DecisionBook(
      List<Model> models,
      KieBase base,
      Map<String, RuleRef> rules,
      List<DecisionTable> tables,
      List<DrlFault> faults) {
    this.tables = List.copyOf(tables);
    this.models = List.copyOf(models);
    this.base = base;
    this.rules = Map.copyOf(rules);
    this.faults = List.copyOf(faults);
  }

  /**
   * Reads every {@code .drl} file and every table ({@code .csv}, {@code .xlsx}) of these folders;
   * to compile rules that don't ship with Farol takes a few seconds.
   */
  public static DecisionBook load(List<Path> folders) {
    return compile(read(folders)).with(Tables.read(folders));
  }

  /** The same with other tables. */
  DecisionBook with(Tables other) {
    var all = new ArrayList<>(faults);
    all.addAll(other.faults());
    return new DecisionBook(models, base, rules, other.tables(), all);
  }

  List<DecisionTable> tables() {
    return tables;
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
    return compile(texts).with(Tables.read(List.of(folder)));
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
    var good = new TreeMap<>(DrlCheck.allowed(texts, faults));
    var together = DrlCompiler.compile(good);
    if (!together.faults().isEmpty()) {
      good.entrySet().removeIf(file -> isBroken(file.getKey(), file.getValue(), faults));
      together = DrlCompiler.compile(good);
      together.faults().forEach(faults::add);
    }
    models.addAll(together.models());
    var base = base(models);
    return new DecisionBook(models, base, refs(files, base), List.of(), faults);
  }

  private static KieBase base(List<Model> models) {
    return KieBaseBuilder.createKieBaseFromModel(models, EventProcessingOption.STREAM);
  }

  /**
   * The same book without some of its rules, which are named among the faults.
   *
   * @param isOut by package and rule name
   */
  DecisionBook without(BiPredicate<String, String> isOut, String reason) {
    var left = new LinkedHashMap<String, RuleRef>();
    var faults = new ArrayList<>(this.faults);
    var less = base(models);
    for (var pkg : base.getKiePackages()) {
      for (Rule rule : pkg.getRules()) {
        if (isOut.test(pkg.getName(), rule.getName())) {
          faults.add(new DrlFault("rule '" + rule.getName() + "'", 0, reason));
        } else {
          left.put(key(pkg.getName(), rule.getName()), ref(rule));
        }
      }
    }
    for (var pkg : List.copyOf(less.getKiePackages())) {
      for (Rule rule : List.copyOf(pkg.getRules())) {
        if (!left.containsKey(key(pkg.getName(), rule.getName()))) {
          less.removeRule(pkg.getName(), rule.getName());
        }
      }
    }
    return new DecisionBook(models, less, left, tables, faults);
  }

  /** Files left out, and why. */
  public List<DrlFault> faults() {
    return faults;
  }

  /** Names and versions of the rules in force, then of the rows of tables. */
  public List<RuleRef> rules() {
    var all = new ArrayList<>(new TreeMap<>(rules).values());
    tables.forEach(table -> all.addAll(table.refs()));
    return List.copyOf(all);
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
