package io.attestgate.proxy.bootstrap;

import io.attestgate.proxy.bootstrap.YamlValue.Entry;
import io.attestgate.proxy.bootstrap.YamlValue.Mapping;
import io.attestgate.proxy.bootstrap.YamlValue.Scalar;
import io.attestgate.proxy.bootstrap.YamlValue.Sequence;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads one YAML 1.2 document as plain sections, lists and values.
 *
 * <p>Anchors, aliases, tags and directives are refused: they let one byte far above change what a
 * line means, and this file is read by people who must agree on what was measured. The tree is
 * built from the parser's events, so no type of YAML's own is ever guessed at.
 */
final class YamlReader {
    /** The deepest section of the file has 4; the bound keeps the recursion small. */
    static final int DEPTH_MAX = 16;

    private static final String NAME = "YAML";

    private final Faults faults;
    private final Iterator<Event> events;

    private YamlReader(Faults faults, Iterator<Event> events) {
        this.faults = faults;
        this.events = events;
    }

    /** Reads the whole document; empty if a fault was added that leaves nothing to read on. */
    static Optional<YamlValue> read(byte[] utf8, Faults faults) {
        String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
        } catch (CharacterCodingException e) {
            faults.add(Position.START, NAME, "malformed bytes", "UTF-8");
            return Optional.empty();
        }
        LoadSettings settings = LoadSettings.builder().setUseMarks(true).build();
        try {
            return new YamlReader(faults, new Parse(settings).parseString(text).iterator())
                    .document();
        } catch (MarkedYamlEngineException e) {
            Position at = e.getProblemMark().map(YamlReader::position).orElse(Position.START);
            faults.addQuoted(at, NAME, e.getProblem(), "a well-formed document");
        } catch (ReaderException e) {
            Position at = positionOf(text, e.getPosition());
            String found = "U+%04X".formatted(e.getCodePoint());
            faults.add(at, NAME, found, "printable characters only");
        } catch (YamlEngineException | IllegalArgumentException e) {
            // The scanner reads the digits of escapes without looking at them first.
            String problem = Optional.ofNullable(e.getMessage()).orElse("unreadable");
            faults.addQuoted(Position.START, NAME, problem, "a well-formed document");
        }
        return Optional.empty();
    }

    private Optional<YamlValue> document() {
        Optional<YamlValue> root = Optional.empty();
        while (events.hasNext()) {
            Event event = events.next();
            if (event instanceof DocumentStartEvent start) {
                if (root.isPresent()) {
                    faults.add(at(start), NAME, "a second document", "one document");
                    return Optional.empty();
                }
                if (hasDirectives(start)) {
                    faults.add(at(start), NAME, "a directive", "no %YAML and no %TAG");
                    return Optional.empty();
                }
            } else if (event instanceof NodeEvent node) {
                root = value(node, 1);
                if (root.isEmpty()) {
                    return root;
                }
            }
        }
        if (root.isEmpty()) {
            faults.add(Position.START, NAME, "nothing", "a document");
        }
        return root;
    }

    private static boolean hasDirectives(DocumentStartEvent start) {
        return start.getSpecVersion().isPresent() || !start.getTags().isEmpty();
    }

    private Optional<YamlValue> value(NodeEvent event, int depth) {
        if (!isPlainYaml(event)) {
            return Optional.empty();
        }
        if (depth > DEPTH_MAX) {
            faults.add(at(event), NAME, "deeper", "at most %d levels".formatted(DEPTH_MAX));
            return Optional.empty();
        }
        return switch (event.getEventId()) {
            case Scalar -> Optional.of(scalar((ScalarEvent) event));
            case SequenceStart -> sequence(event, depth);
            case MappingStart -> mapping(event, depth);
            default -> throw new AssertionError(event);
        };
    }

    private static Scalar scalar(ScalarEvent event) {
        return new Scalar(at(event), event.getValue(), event.isPlain());
    }

    private Optional<YamlValue> sequence(NodeEvent start, int depth) {
        List<YamlValue> items = new ArrayList<>();
        while (events.next() instanceof NodeEvent event) {
            Optional<YamlValue> item = value(event, depth + 1);
            if (item.isEmpty()) {
                return item;
            }
            items.add(item.get());
        }
        return Optional.of(new Sequence(at(start), items));
    }

    private Optional<YamlValue> mapping(NodeEvent start, int depth) {
        List<Entry> entries = new ArrayList<>();
        while (events.next() instanceof NodeEvent event) {
            Optional<YamlValue> key = value(event, depth + 1);
            if (key.isEmpty()) {
                return key;
            }
            if (!(key.get() instanceof Scalar name)) {
                faults.add(at(event), NAME, key.get().kind() + " as a key", "a word as a key");
                return Optional.empty();
            }
            Optional<YamlValue> value = value((NodeEvent) events.next(), depth + 1);
            if (value.isEmpty()) {
                return value;
            }
            entries.add(new Entry(name, value.get()));
        }
        return Optional.of(new Mapping(at(start), entries));
    }

    private boolean isPlainYaml(NodeEvent event) {
        if (event instanceof AliasEvent) {
            faults.add(at(event), NAME, "an alias", "the value itself");
            return false;
        }
        if (event.getAnchor().isPresent()) {
            faults.add(at(event), NAME, "an anchor", "none");
            return false;
        }
        if (tag(event).isPresent()) {
            faults.addQuoted(at(event), NAME, tag(event).get(), "no tag");
            return false;
        }
        return true;
    }

    private static Optional<String> tag(NodeEvent event) {
        return switch (event) {
            case ScalarEvent scalar -> scalar.getTag();
            case CollectionStartEvent collection -> collection.getTag();
            default -> Optional.empty();
        };
    }

    private static Position at(Event event) {
        return event.getStartMark().map(YamlReader::position).orElse(Position.START);
    }

    private static Position position(Mark mark) {
        return new Position(mark.getLine() + 1, mark.getColumn() + 1);
    }

    private static Position positionOf(String text, int codePoints) {
        int line = 1;
        int column = 1;
        for (int c : text.codePoints().limit(codePoints).toArray()) {
            line += c == '\n' ? 1 : 0;
            column = c == '\n' ? 1 : column + 1;
        }
        return new Position(line, column);
    }
}
