namespace Orchestrator.Core.Concepts.Lexical;

internal enum Language
{
    Italian,
    English,
}
