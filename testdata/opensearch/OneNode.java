import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.opensearch.Version;
import org.opensearch.common.logging.LogConfigurator;
import org.opensearch.common.settings.Settings;
import org.opensearch.env.Environment;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.node.Node;
import org.opensearch.plugins.PluginInfo;

/**
 * One OpenSearch node made of the jars on the class path: OneNode SETTINGS OWNER MINUTES.
 *
 * <p>SETTINGS is a YAML file. The node ends when it gets SIGTERM, when the process OWNER has ended (0 for none), and
 * after MINUTES in any case.
 */
public final class OneNode {
  private static final List<String> MODULES =
      List.of("transport.Netty4", "analysis.common.CommonAnalysis", "painless.Painless");

  public static void main(String[] args) throws Exception {
    Settings given = Settings.builder().loadFromPath(Path.of(args[0])).build();
    LogConfigurator.registerErrorListener();
    Environment env = InternalSettingsPreparer.prepareEnvironment(given, Map.of(), null, () -> "node");
    LogConfigurator.configure(env);
    Node node = make(env);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> close(node)));
    node.start();
    watch(Long.parseLong(args[1]), Long.parseLong(args[2]));
    System.exit(0);
  }

  /** Modules are classes in 2.x and descriptions of plugins in 3.x, and are named differently. */
  private static Node make(Environment env) throws Exception {
    boolean old = Version.CURRENT.major < 3;
    Collection<Object> modules = new ArrayList<>();
    for (String m : MODULES) {
      Class<?> c = Class.forName("org.opensearch." + m + (old ? "Plugin" : "ModulePlugin"));
      modules.add(old ? c : new PluginInfo(c.getName(), "module", "1", Version.CURRENT, "17", c.getName(), null, List.of(), false));
    }
    var constructor = Node.class.getDeclaredConstructor(Environment.class, Collection.class, boolean.class);
    constructor.setAccessible(true);
    return constructor.newInstance(env, modules, false);
  }

  private static void watch(long owner, long minutes) throws Exception {
    var process = ProcessHandle.of(owner);
    if (owner != 0 && process.isEmpty()) {
      return;
    }
    try {
      if (process.isPresent()) {
        process.get().onExit().get(minutes, TimeUnit.MINUTES);
      } else {
        TimeUnit.MINUTES.sleep(minutes);
      }
    } catch (TimeoutException e) {
      System.err.println("its time is over");
    }
  }

  private static void close(Node node) {
    try {
      node.close();
    } catch (Exception e) {
      e.printStackTrace();
    }
  }
}
