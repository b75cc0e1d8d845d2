# Two commands: `make run` starts the platform, `make test` checks it. Everything else is a part of them.
PYTHON ?= python3
BOOTSTRAP = $(PYTHON) scripts/bootstrap

.DEFAULT_GOAL := help
.PHONY: help run test setup setup-dev lint test-fast test-browser test-slow proof bench messages clean

help: ## 显示可用命令 · what there is
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 22

run: ## 启动平台 · start the platform with the demo world
	@$(BOOTSTRAP) run

test: ## 全部检查 · linters and all tests
	@$(BOOTSTRAP) test

setup: ## 只安装运行环境 · what running needs
	@$(BOOTSTRAP) setup base

setup-dev: ## 只安装开发环境 · what testing needs
	@$(BOOTSTRAP) setup dev

lint: ## 代码检查 · the linters
	@$(BOOTSTRAP) lint

test-fast: ## 快速测试 · the fast tier
	@$(BOOTSTRAP) tiers fast

test-browser: ## 浏览器测试 · the browser tier
	@$(BOOTSTRAP) tiers browser

test-slow: ## 慢速测试 · the slow tier
	@$(BOOTSTRAP) tiers slow

proof: ## 长时验证 · the long ones
	@$(BOOTSTRAP) tiers proof

bench: setup-dev ## 性能测量 · the benchmarks
	@for file in benchmarks/*.py; do .venv/bin/python "$$file" || exit 1; done

messages: setup-dev ## 提取并编译译文 · extract and compile the interface texts
	@.venv/bin/python scripts/messages.py update && .venv/bin/python scripts/messages.py compile && .venv/bin/python scripts/messages.py check

clean: ## 删除可重建的文件（不动 var/） · remove what can be rebuilt; var/ stays
	@rm -rf build dist .venv node_modules src/niangjia/kernel/static/built .mypy_cache .ruff_cache .pytest_cache
