using Orchestrator.Core.Concepts.Lexical;

namespace Orchestrator.Core.Concepts.Forms;

internal readonly record struct VerbForm(string Text, VerbUse Use = VerbUse.Order);
