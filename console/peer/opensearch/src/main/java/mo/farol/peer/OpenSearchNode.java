package mo.farol.peer;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.opensearch.Version;
import org.opensearch.common.settings.Settings;
import org.opensearch.http.HttpServerTransport;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.node.Node;
import org.opensearch.plugins.PluginInfo;
import org.opensearch.transport.Netty4ModulePlugin;

/**
 * One OpenSearch node on free ports of the loopback address, its files in the folder named by the
 * first word. Prints {@code http=host:port} once it can be asked; ends, cleanly, when its standard
 * input does.
 */
public final class OpenSearchNode extends Node {
  private static final Logger LUCENE = Logger.getLogger("org.apache.lucene");

  private static final PluginInfo NETTY =
      new PluginInfo(
          "transport-netty4",
          "HTTP and transport over Netty",
          Version.CURRENT.toString(),
          Version.CURRENT,
          Runtime.version().toString(),
          Netty4ModulePlugin.class.getName(),
          "",
          List.of(),
          false);

  private OpenSearchNode(Settings settings) {
    super(
        InternalSettingsPreparer.prepareEnvironment(settings, Map.of(), null, () -> "peer"),
        List.of(NETTY),
        true);
  }

  /** Runs until standard input ends. */
  public static void main(String[] args) throws Exception {
    PrintStream out = System.out;
    System.setOut(System.err); // the log goes where nobody reads answers
    LUCENE.setLevel(Level.WARNING);
    try (var node = new OpenSearchNode(settings(Path.of(args[0])))) {
      node.start();
      var bound = node.injector().getInstance(HttpServerTransport.class).boundAddress();
      out.println("http=" + bound.publishAddress());
      out.flush();
      while (System.in.read() >= 0) {
        // until it ends
      }
      node.close();
      node.awaitClose(30, TimeUnit.SECONDS);
    }
    System.exit(0);
  }

  private static Settings settings(Path home) {
    return Settings.builder()
        .put("path.home", home.toString())
        .put("path.data", home.resolve("data").toString())
        .put("path.logs", home.resolve("logs").toString())
        .put("cluster.name", "peer")
        .put("node.name", "peer")
        .put("discovery.type", "single-node")
        .put("network.host", "127.0.0.1")
        .put("http.port", "0")
        .put("transport.port", "0")
        .put("action.auto_create_index", false)
        .put("cluster.routing.allocation.disk.threshold_enabled", false)
        .build();
  }
}
