package io.tapeline.stack;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What a process and all that it starts take: looked at now and then, so briefest lives are missed.
 */
final class Family {
  /**
   * The part of a command line that says what a Java process is: its jar's module, or its class.
   */
  private static final Pattern MODULE = Pattern.compile("/([a-z-]+)/target/quarkus-app/");

  private static final Pattern MAIN = Pattern.compile(" (?:[a-z][A-Za-z0-9]*\\.)+([A-Z]\\w*)");

  private final ProcessHandle head;
  private final Map<Long, Seen> seen = new HashMap<>();

  /**
   * What was seen of one process, or of all of one name.
   *
   * @param peak bytes of memory; 0: not told
   */
  record Seen(ProcessHandle process, String name, Duration processors, long peak) {}

  /**
   * What all processes of one name took.
   *
   * @param peak of the largest, in bytes
   */
  record Member(String name, Duration processors, long peak) {
    Member and(Member other) {
      return new Member(name, processors.plus(other.processors), Math.max(peak, other.peak));
    }
  }

  Family(ProcessHandle head) {
    this.head = head;
  }

  void look() {
    head.descendants()
        .forEach(
            process -> {
              var info = process.info();
              var name = name(info.commandLine().orElse(""), info.command().orElse(""));
              // between fork and exec it still looks like its parent
              if (name.isEmpty()) return;
              seen.put(
                  process.pid(),
                  new Seen(
                      process,
                      name,
                      info.totalCpuDuration().orElse(Duration.ZERO),
                      Memory.of(process.pid()).map(Memory::peak).orElse(0L)));
            });
  }

  static String name(String commandLine, String command) {
    var executable = command.substring(command.lastIndexOf('/') + 1);
    if (!executable.equals("java")) return executable;
    var module = MODULE.matcher(commandLine);
    if (module.find()) return module.group(1);
    var main = MAIN.matcher(commandLine);
    return main.find() ? "java " + main.group(1) : executable;
  }

  /** By name; what took no second and no memory to speak of is left out. */
  List<Member> members() {
    var all = new TreeMap<String, Member>();
    for (var one : seen.values())
      all.merge(one.name(), new Member(one.name(), one.processors(), one.peak()), Member::and);
    return all.values().stream().filter(member -> member.processors().toMillis() >= 500).toList();
  }

  /** How many of them live although the head is gone; they are ended. */
  int leftBehind() {
    var living = seen.values().stream().map(Seen::process).filter(ProcessHandle::isAlive).toList();
    living.forEach(ProcessHandle::destroy);
    return living.size();
  }
}
