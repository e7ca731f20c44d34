using Orchestrator.Core.Json;
using Orchestrator.Core.Runs.Definitions;
using Orchestrator.Core.Runs.Definitions.Source;
using Orchestrator.Core.Tasks;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Orchestrator.Runtime.Definitions;

/// <summary>
/// Reads the tree of a document in YAML: one document, without anchors and aliases, so that it is no larger than its text, and without
/// tags, so that each value is what it looks like.
/// </summary>
internal sealed class YamlSource
{
    private readonly ProblemList _problems;
    private readonly SourceBuilder _builder;
    private readonly Scanner _scanner;
    private readonly Parser _parser;
    private readonly Func<SourceNode, int, SourcePlace> _locator;
    private bool _isGivenUp;

    private YamlSource(string text, ProblemList problems)
    {
        _problems = problems;
        _builder = new SourceBuilder(problems);
        _scanner = new Scanner(new StringReader(text), skipComments: true);
        _parser = new Parser(_scanner);
        _locator = new YamlPlaces(text).Locate;
    }

    /// <summary>The document; null where the text is no YAML at all.</summary>
    public static SourceNode? Read(string text, ProblemList problems) => new YamlSource(text, problems).Read();

    private SourceNode? Read()
    {
        try
        {
            var documents = 0;

            // The parser takes longer for each bracket the more there are around it, so it goes no deeper than what is taken.
            while (!_builder.IsTooDeep && !_isGivenUp && _parser.MoveNext())
            {
                if (_parser.Current is DocumentStart && ++documents > 1)
                {
                    _problems.Add(JsonPointer.Root, PlaceOf(_parser.Current.Start), "is a second document; a definition is one alone.");
                    break;
                }

                Add(_parser.Current!);
            }

            if (documents == 0)
            {
                _problems.Add(JsonPointer.Root, new SourcePlace(1, 1), "is empty; a definition is expected.");
            }

            return _builder.Root;
        }
        catch (YamlException exception)
        {
            _problems.Add(JsonPointer.Root, PlaceOf(exception.Start), $"is no YAML: {exception.Message}");
            return null;
        }
        catch (InvalidOperationException)
        {
            // So the parser answers to a plain text in brackets that goes on over a line which looks like a member.
            _problems.Add(JsonPointer.Root, PlaceOf(_scanner.CurrentPosition), "is no YAML from here on; look for a bracket or a quote before it that is not closed.");
            return null;
        }
    }

    private void Add(ParsingEvent token)
    {
        if (_builder.ExpectsName && token is (NodeEvent or AnchorAlias))
        {
            AddName(token);
            return;
        }

        var place = PlaceOf(token.Start);
        switch (token)
        {
            case AnchorAlias:
                _builder.AddFault(place, "is an alias, which is not taken; write the value here again.");
                break;
            case Scalar scalar:
                CheckPlain(scalar);
                AddScalar(scalar, place);
                break;
            case MappingStart mapping:
                CheckPlain(mapping);
                _builder.Begin(SourceKind.Map, place);
                break;
            case SequenceStart sequence:
                CheckPlain(sequence);
                _builder.Begin(SourceKind.List, place);
                break;
            case MappingEnd or SequenceEnd:
                _builder.End();
                break;
            default:
                break;
        }
    }

    private void AddName(ParsingEvent token)
    {
        var place = PlaceOf(token.Start);
        if (token is Scalar scalar)
        {
            _builder.AddName(scalar.Value, place);
            CheckPlain(scalar);
            if (YamlScalar.FindFault(scalar.Value) is { } fault)
            {
                _builder.Report(place, fault);
            }

            return;
        }

        _builder.RefuseName(place, "has a name here that is no text.");
        for (var depth = token.NestingIncrease; depth > 0 && _parser.MoveNext();)
        {
            depth += _parser.Current!.NestingIncrease;
            if (depth > TaskLimits.MaxJsonDepth)
            {
                // As in values: what stands deeper is not parsed.
                _problems.Add(JsonPointer.Root, PlaceOf(_parser.Current.Start), $"is nested deeper than {TaskLimits.MaxJsonDepth} levels.");
                _isGivenUp = true;
                return;
            }
        }
    }

    private void AddScalar(Scalar scalar, SourcePlace place)
    {
        if (YamlScalar.FindFault(scalar.Value) is { } fault)
        {
            _builder.AddFault(place, fault);
        }
        else if (!scalar.Tag.IsEmpty)
        {
            // What the tag would make of it is unknown here, and was told.
            _builder.Add(new SourceNode { Kind = SourceKind.Unreadable, Place = place });
        }
        else if (scalar.Style != ScalarStyle.Plain)
        {
            _builder.Add(TextNode(scalar, place));
        }
        else if (YamlScalar.IsInfinite(scalar.Value))
        {
            _builder.AddFault(place, "is a number that JSON does not have; write it in quotes if it is a text.");
        }
        else
        {
            var kind = YamlScalar.Resolve(scalar.Value, out var json);
            _builder.Add(kind == SourceKind.Text ? TextNode(scalar, place) : new SourceNode { Kind = kind, Place = place, Text = json });
        }
    }

    private SourceNode TextNode(Scalar scalar, SourcePlace place) =>
        new() { Kind = SourceKind.Text, Place = place, Text = scalar.Value, Offset = (int)scalar.Start.Index, Locator = _locator };

    private void CheckPlain(NodeEvent node)
    {
        if (!node.Anchor.IsEmpty)
        {
            _builder.Report(PlaceOf(node.Start), "has an anchor, which is not taken; write the value wherever it is used.");
        }

        if (!node.Tag.IsEmpty)
        {
            _builder.Report(PlaceOf(node.Start), "has a tag, which is not taken; a text that looks like something else is written in quotes.");
        }
    }

    private static SourcePlace PlaceOf(Mark mark) => new((int)Math.Max(1, mark.Line), (int)Math.Max(1, mark.Column));
}
