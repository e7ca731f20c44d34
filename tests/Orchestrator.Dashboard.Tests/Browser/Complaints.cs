using System.Collections.Concurrent;

namespace Orchestrator.Dashboard.Tests.Browser;

/// <summary>Whatever a browser finds wrong with what it is given: errors and warnings of its console, errors of scripts, violations of the policy, dialogs that a script opens.</summary>
internal sealed class Complaints
{
    private const string Binding = "orchestratorViolation";

    private readonly ConcurrentQueue<string> _said = new();

    public IReadOnlyCollection<string> Said => _said;

    /// <summary>Listens to every page of a context, from before its first script.</summary>
    public static async Task<Complaints> ListenAsync(IBrowserContext context)
    {
        var complaints = new Complaints();
        context.Console += (_, message) => complaints.OnConsole(message);
        context.WebError += (_, error) => complaints._said.Enqueue($"script: {error.Error}");
        context.Page += (_, page) => page.Dialog += complaints.OnDialog;
        await context.ExposeFunctionAsync<string, bool>(Binding, complaints.OnViolation);
        await context.AddInitScriptAsync(
            $"document.addEventListener('securitypolicyviolation', (event) => {Binding}(`${{event.violatedDirective}} by ${{event.blockedURI}} at ${{event.sourceFile}}:${{event.lineNumber}} ${{event.sample}}`))");
        return complaints;
    }

    private void OnConsole(IConsoleMessage message)
    {
        if (message.Type is "error" or "warning")
        {
            _said.Enqueue($"console: {message.Text} ({message.Location})");
        }
    }

    private void OnDialog(object? sender, IDialog dialog)
    {
        _said.Enqueue($"dialog: {dialog.Message}");
        _ = dialog.DismissAsync();
    }

    private bool OnViolation(string violation)
    {
        _said.Enqueue($"policy: {violation}");
        return true;
    }
}
