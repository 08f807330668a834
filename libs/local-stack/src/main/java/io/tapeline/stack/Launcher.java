package io.tapeline.stack;

import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/**
 * What {@code ./tapeline} runs. Whatever goes wrong is told in one sentence with a non-zero exit
 * code; stack traces go to the log.
 */
@Command(
    name = "./tapeline",
    subcommands = {
      RunCommand.class,
      TokenCommand.class,
      VerifyCommand.class,
      RepairCommand.class,
      BackupCommand.class,
      RestoreCommand.class,
      RotateCommand.class,
      TimingsCommand.class,
      ProvisionCommand.class,
      BenchCommand.class,
      AuditCommand.class
    })
public final class Launcher {
  private static final int FAILED = 1;
  private static final int NOT_UNDERSTOOD = 2;

  private Launcher() {}

  public static void main(String[] arguments) {
    // By its name: to touch the class would already make the JDK's own.
    System.setProperty("java.util.logging.manager", "io.tapeline.stack.LaunchLogs");
    Logs.silence();
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    var commandLine = new CommandLine(new Launcher());
    commandLine.getSubcommands().values().forEach(Launcher::addHelp);
    commandLine.setParameterExceptionHandler(Launcher::explain);
    commandLine.setExecutionExceptionHandler((failure, _, _) -> tell(failure));
    commandLine.setUsageHelpAutoWidth(true);
    return commandLine;
  }

  private static void addHelp(CommandLine command) {
    command.getSubcommands().values().forEach(Launcher::addHelp);
    command
        .getCommandSpec()
        .addOption(
            CommandLine.Model.OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Show these options.")
                .build());
  }

  private static int explain(ParameterException wrong, String[] arguments) {
    var command = wrong.getCommandLine().getCommandName();
    var where = command.startsWith("./") ? "./tapeline help" : "./tapeline " + command + " --help";
    wrong
        .getCommandLine()
        .getErr()
        .println(
            "tapeline: " + sentence(String.valueOf(wrong.getMessage())) + " See " + where + ".");
    return NOT_UNDERSTOOD;
  }

  private static String sentence(String message) {
    var line = message.lines().findFirst().orElse("not understood");
    return line.endsWith(".") ? line : line + ".";
  }

  private static int tell(Exception failure) {
    Logger.getLogger("io.tapeline.launcher").log(Level.SEVERE, "the launcher gave up", failure);
    System.err.println(
        failure instanceof StackException known
            ? "tapeline: " + known.getMessage()
            : "tapeline: something unexpected happened: "
                + failure
                + " (more in logs/launcher.log of the data directory).");
    return FAILED;
  }
}
