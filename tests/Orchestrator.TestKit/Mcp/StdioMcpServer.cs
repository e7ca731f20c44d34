namespace Orchestrator.TestKit.Mcp;

/// <summary>An MCP server in Python that speaks over its standard input and output.</summary>
public static class StdioMcpServer
{
    private const string Script = """
        import json, os, sys

        def call(name, arguments):
            if name == "pid":
                return str(os.getpid())
            if name == "environment":
                return json.dumps(dict(os.environ))
            if name == "big":
                return "x" * 10_000_000
            if name == "die":
                os._exit(3)
            if name == "hang":
                sys.stdin.read()
            if name == "refuse":
                raise ValueError("no, says " + os.environ.get("TOKEN", ""))
            raise KeyError(name)

        for line in sys.stdin:
            request = json.loads(line)
            if "id" not in request:
                continue
            answer = {"jsonrpc": "2.0", "id": request["id"]}
            method = request["method"]
            if method == "initialize":
                answer["result"] = {"protocolVersion": "2025-06-18", "capabilities": {"tools": {}}, "serverInfo": {"name": "test", "version": "1"}}
            elif method == "tools/list":
                names = ["pid", "environment", "big", "die", "hang", "refuse", "throw"]
                answer["result"] = {"tools": [{"name": name, "description": name, "inputSchema": {"type": "object"}} for name in names]}
            elif method == "tools/call":
                name = request["params"]["name"]
                try:
                    answer["result"] = {"content": [{"type": "text", "text": call(name, request["params"].get("arguments", {}))}]}
                except ValueError as refusal:
                    answer["result"] = {"isError": True, "content": [{"type": "text", "text": str(refusal)}]}
                except KeyError:
                    answer["error"] = {"code": -32603, "message": "thrown"}
            else:
                answer["error"] = {"code": -32601, "message": "There is no such method."}
            print(json.dumps(answer), flush=True)
        """;

    /// <summary>Writes the script; answers its file.</summary>
    public static string Write(string folder)
    {
        var file = Path.Combine(folder, "mcp_server.py");
        File.WriteAllText(file, Script);
        return file;
    }
}
