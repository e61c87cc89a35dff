package mo.farol.alert;

import com.github.javaparser.JavaParser;
import com.github.javaparser.ParserConfiguration;
import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.body.VariableDeclarator;
import com.github.javaparser.ast.expr.BinaryExpr;
import com.github.javaparser.ast.expr.BooleanLiteralExpr;
import com.github.javaparser.ast.expr.EnclosedExpr;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.IntegerLiteralExpr;
import com.github.javaparser.ast.expr.LongLiteralExpr;
import com.github.javaparser.ast.expr.MethodCallExpr;
import com.github.javaparser.ast.expr.NameExpr;
import com.github.javaparser.ast.expr.SimpleName;
import com.github.javaparser.ast.expr.StringLiteralExpr;
import com.github.javaparser.ast.expr.UnaryExpr;
import com.github.javaparser.ast.expr.VariableDeclarationExpr;
import com.github.javaparser.ast.stmt.BlockStmt;
import com.github.javaparser.ast.stmt.EmptyStmt;
import com.github.javaparser.ast.stmt.ExpressionStmt;
import com.github.javaparser.ast.stmt.IfStmt;
import com.github.javaparser.ast.type.ClassOrInterfaceType;
import com.github.javaparser.ast.type.PrimitiveType;
import java.util.HashSet;
import java.util.Set;
import org.drools.drl.ast.descr.RuleDescr;

/**
 * The third reader: what a rule does is Java of a few kinds. Calls of what the rule is given, texts
 * and figures, comparisons, {@code if}, and names for results; no loop, no {@code new}, no lambda,
 * no assignment.
 */
final class DrlDeed {
  private static final int STATEMENTS = 60;
  private static final Set<String> GIVEN = Set.of("desk", "Campaign", "String", "Math", "Level");
  private static final Set<String> TYPES =
      Set.of("String", "boolean", "int", "long", "double", "Integer", "Long", "Boolean");

  private final RuleDescr rule;
  private final Set<String> names = new HashSet<>(GIVEN);

  private DrlDeed(RuleDescr rule) {
    this.rule = rule;
  }

  /** Throws {@link DrlRefusal} at the first thing a rule may not do. */
  static void check(RuleDescr rule) {
    new DrlDeed(rule).deed();
  }

  private void deed() {
    String code = String.valueOf(rule.getConsequence());
    var parser =
        new JavaParser(
            new ParserConfiguration()
                .setLanguageLevel(ParserConfiguration.LanguageLevel.JAVA_17)
                .setAttributeComments(false));
    var parsed = parser.parseBlock("{" + code + "}");
    if (!parsed.isSuccessful() || parsed.getResult().isEmpty()) {
      var problem = parsed.getProblems().getFirst();
      int line =
          problem
              .getLocation()
              .flatMap(l -> l.getBegin().getRange())
              .map(range -> range.begin.line)
              .orElse(1);
      throw refused(line, problem.getMessage().lines().findFirst().orElse("can't be read"));
    }
    var block = parsed.getResult().get();
    if (block.findAll(ExpressionStmt.class).size() > STATEMENTS) {
      throw refused(1, "more than 60 statements");
    }
    block.findAll(VariableDeclarator.class).forEach(v -> names.add(v.getNameAsString()));
    node(block);
  }

  private void node(Node node) {
    switch (node) {
      case BlockStmt _, EmptyStmt _, ExpressionStmt _, IfStmt _ -> {}
      case BooleanLiteralExpr _, IntegerLiteralExpr _, LongLiteralExpr _, StringLiteralExpr _ -> {}
      case EnclosedExpr _, BinaryExpr _, SimpleName _, VariableDeclarationExpr _ -> {}
      case UnaryExpr unary -> sign(unary);
      case VariableDeclarator variable -> type(variable);
      case PrimitiveType _, ClassOrInterfaceType _ -> {}
      case NameExpr name -> name(name);
      case MethodCallExpr call -> call(call);
      default -> throw refused(line(node), kind(node) + " is not for decision rules");
    }
    node.getChildNodes().forEach(this::node);
  }

  private void sign(UnaryExpr unary) {
    if (unary.getOperator() != UnaryExpr.Operator.LOGICAL_COMPLEMENT
        && unary.getOperator() != UnaryExpr.Operator.MINUS) {
      throw refused(
          line(unary), "'" + unary.getOperator().asString() + "' is not for decision rules");
    }
  }

  private void type(VariableDeclarator variable) {
    String type = variable.getTypeAsString();
    if (!TYPES.contains(type) || variable.getInitializer().isEmpty()) {
      throw refused(
          line(variable), "a name for a result is 'String $name = ...', or int, long, boolean");
    }
  }

  private void name(NameExpr name) {
    String word = name.getNameAsString();
    if (word.equals("drools")) {
      boolean handed =
          name.getParentNode()
              .filter(p -> p instanceof MethodCallExpr call && isDeskCall(call))
              .isPresent();
      if (!handed) {
        throw refused(
            line(name),
            "'drools' is only handed on: desk.alert(drools), desk.treat(drools, $draft)");
      }
      return;
    }
    if (!word.startsWith("$") && !names.contains(word)) {
      throw refused(line(name), "'" + word + "' is nothing this rule is given");
    }
  }

  private void call(MethodCallExpr call) {
    if (call.getScope().isEmpty() || call.getTypeArguments().isPresent()) {
      throw refused(
          line(call), "'" + call.getNameAsString() + "' is called of nothing this rule is given");
    }
    if (!DrlWords.ALL.contains(call.getNameAsString())) {
      throw refused(line(call), DrlWords.reason(call.getNameAsString()));
    }
  }

  private static boolean isDeskCall(MethodCallExpr call) {
    String name = call.getNameAsString();
    return (name.equals("alert") && call.getArguments().size() == 1
            || name.equals("treat") && call.getArguments().size() == 2)
        && call.getScope().filter(s -> isDesk(s)).isPresent();
  }

  private static boolean isDesk(Expression scope) {
    return scope instanceof NameExpr name && name.getNameAsString().equals("desk");
  }

  private static String kind(Node node) {
    return switch (node.getClass().getSimpleName()) {
      case "ForStmt", "ForEachStmt", "WhileStmt", "DoStmt" -> "a loop";
      case "LambdaExpr", "MethodReferenceExpr" -> "a lambda";
      case "ObjectCreationExpr", "ArrayCreationExpr", "ArrayInitializerExpr" -> "'new'";
      case "AssignExpr" -> "an assignment";
      case "CastExpr" -> "a cast";
      case "TextBlockLiteralExpr" -> "a text of several lines";
      case String other -> other.replace("Stmt", "").replace("Expr", "");
    };
  }

  private static int line(Node node) {
    return node.getBegin().map(place -> place.line).orElse(1);
  }

  private DrlRefusal refused(int line, String reason) {
    int from = Math.max(1, rule.getConsequenceLine());
    return new DrlRefusal(from + line - 1, "rule '%s': %s".formatted(rule.getName(), reason));
  }
}
