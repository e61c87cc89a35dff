package mo.farol.app;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import mo.farol.centre.Farol;
import mo.farol.centre.OldGeneration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code farol run}: the centre, until a signal ends it. */
@Command(
    name = "run",
    description = "Runs the centre; prints one 'ready' line once every listener is bound.")
final class RunCommand implements Callable<Integer> {
  /** How the line begins that tells the first password. */
  static final String FIRST_START = "first start: ";

  @Mixin private HomeOption home;
  @Mixin private ConfigOptions configured;

  @Override
  public Integer call() throws InterruptedException {
    var farol = Farol.open(configured.of(home));
    untilSignal(farol.start(), farol::close);
    return 0;
  }

  /**
   * Prints the ready line and waits; a signal closes the centre, or whatever stands on it, in
   * order.
   */
  static void untilSignal(Farol farol, Runnable close) throws InterruptedException {
    var closed = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .name("shutdown")
                .unstarted(
                    () -> {
                      close.run();
                      closed.countDown();
                    }));
    OldGeneration.keepSmall();
    farol.firstPassword().ifPresent(RunCommand::tellPassword);
    System.out.println(farol.readyLine());
    closed.await();
  }

  private static void tellPassword(String password) {
    System.err.println(FIRST_START + "sign in as 'admin' with the password " + password);
  }
}
